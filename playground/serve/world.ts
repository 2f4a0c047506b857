import type { IncomingMessage, ServerResponse } from "node:http";
import { type AppProcess, startApp } from "../story/app-process.ts";
import { Scene } from "../story/scene.ts";
import { type Stage, setStage } from "../story/stage.ts";
import { type Patience, until } from "../story/step.ts";
import type { WorldChoice } from "./choices.ts";

/** A GitHub, a Slack and the app, all running, with one release pull request open. */
export interface PageWorld {
  readonly choice: WorldChoice;
  readonly stage: Stage;
  readonly scene: Scene;
  readonly app: AppProcess;
  /** The local GitHub's address. */
  readonly github: string;
  /** Lets the next thing happen in a later second than the last one: GitHub tells only seconds. */
  tick(): void;
  close(): Promise<void>;
}

const second = 1_000;

export interface WorldOptions {
  readonly patience: Patience;
  /** Where people land who follow a link into the local GitHub. */
  readonly page: () => string;
}

/** Starts everything; what has started ends again when something fails. */
export async function startWorld(choice: WorldChoice, options: WorldOptions): Promise<PageWorld> {
  const whole = await setStage({ now: Date.now, moment: second });
  const listening = await whole.github.listen({ page: redirect(options.page) });
  let app: AppProcess | undefined;
  const close = async (): Promise<void> => {
    await app?.stop();
    await Promise.all([listening.close(), whole.close()]);
  };
  try {
    app = await startApp(whole, listening.url);
    const stage = choice.prepare(whole);
    const scene = new Scene(stage);
    let last = Number.NaN;
    const tick = (): void => {
      while (Math.floor(stage.now() / second) === last) stage.pass();
      last = Math.floor(stage.now() / second);
    };
    for (const step of choice.opening) {
      tick();
      await step.act(scene);
      await until(step.leads, () => step.look(scene), options.patience);
    }
    return { choice, stage, scene, app, github: listening.url, tick, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Browsers are sent to the page, with the place they asked for; everything else is the API's. */
const redirect =
  (page: () => string) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== "GET" || !request.headers.accept?.includes("text/html")) return false;
    response.writeHead(302, { location: `${page()}#${request.url ?? ""}` }).end();
    return true;
  };
