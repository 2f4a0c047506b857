import { type Measured, startProgram } from "../process.ts";
import { type ProgramOptions, programOf } from "../programs.ts";
import type { Stage } from "../stage.ts";

/** Processes of the app, one or several, of which one dies and another takes its place. */
export class Replicas {
  readonly #stage: Stage;
  readonly #options: ProgramOptions;
  readonly #alive: Measured[] = [];

  constructor(stage: Stage, options: ProgramOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#alive.push(await startProgram(programOf("app", this.#stage, this.#options)));
    this.#listen();
  }

  /** SIGKILL for one of them; gives the end of its log. */
  async kill(which: number): Promise<readonly string[]> {
    const [victim] = this.#alive.splice(which % this.#alive.length, 1);
    this.#listen();
    await victim?.kill();
    return victim?.tail(logLines) ?? [];
  }

  logs(): readonly string[] {
    return this.#alive.flatMap((one) => one.tail(logLines));
  }

  /** Pull requests that are looked at or about to be, as the app says itself. */
  async busy(): Promise<number> {
    const depths = await Promise.all(this.#stage.listeners.map(depthOf));
    return Math.max(0, ...depths);
  }

  async end(): Promise<void> {
    this.#stage.listeners = [];
    await Promise.all(this.#alive.splice(0).map((one) => one.kill()));
  }

  #listen(): void {
    this.#stage.listeners = this.#alive.map(({ webhookUrl }) => webhookUrl);
  }
}

const logLines = 60;

async function depthOf(listener: string): Promise<number> {
  const text = await (await fetch(new URL("/metrics", listener))).text();
  const depth = /^release_checklist_queue_depth(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1];
  if (depth === undefined) throw new Error("The app does not tell the depth of its queue");
  return Number(depth);
}
