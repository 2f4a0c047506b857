import type { Action } from "./action.ts";
import { type WorldChoice, worldChoices } from "./choices.ts";
import { configurationFile } from "./configuration-file.ts";
import { machinesView } from "./machines/index.ts";
import { peopleOf } from "./people.ts";
import { perform } from "./perform.ts";
import { idle, type Pace, Player } from "./player.ts";
import { threadsOf } from "./threads-view.ts";
import { inboxView, requestsView, webhooksView } from "./traffic.ts";
import type { Outcome, RepoView, View, WorldView } from "./view.ts";
import { windowState } from "./window.ts";
import { type PageWorld, startWorld } from "./world.ts";

export interface SessionOptions {
  readonly pace: Pace;
  /** The page's own address. */
  readonly page: () => string;
  /** A fresh world runs. */
  readonly started?: (world: PageWorld) => void;
}

/** Lines of the app's log that the page shows when something broke. */
const logLines = 20;

/** The world that the page shows now. There is one at a time; a new one takes the place of the old. */
export class Session {
  readonly #options: SessionOptions;
  readonly #stopped = new AbortController();
  #choice: WorldChoice = worldChoices[0];
  #world: PageWorld | undefined;
  #player: Player | undefined;
  #problem: string | null = null;
  #number = 0;
  /** What was started and is not yet gone. */
  #ending = new Set<Promise<void>>();
  #changes = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Another number whenever what {@link view} gives may have changed. */
  get version(): string {
    const world = this.#world;
    if (world === undefined) return `${this.#number} ${this.#changes}`;
    const { github, slack, audit } = world.stage;
    const { total } = github.requests;
    const { emitted, log } = github.webhooks;
    const arrived = `${slack.messages.length} ${audit.received.length} ${audit.refused}`;
    return `${this.#number} ${this.#changes} ${total} ${emitted} ${log.length} ${log.at(-1)?.id} ${arrived}`;
  }

  /** Ends the world that is, and starts a fresh one; resolves when its pull request is open. */
  async start(name: string): Promise<Outcome> {
    const choice = worldChoices.find((one) => one.name === name);
    if (choice === undefined) return no(`There is no world "${name}".`);
    const number = ++this.#number;
    this.#end();
    this.#choice = choice;
    this.#problem = null;
    try {
      const patience = { deadline: this.#options.pace.deadline, stopped: this.#stopped.signal };
      const world = await startWorld(choice, { patience, page: this.#options.page });
      // Somebody asked for another one meanwhile.
      if (number !== this.#number || this.#stopped.signal.aborted) {
        this.#await(world.close());
        return no("Another world was asked for.");
      }
      this.#world = world;
      this.#changes++;
      this.#options.started?.(world);
      void world.app.ended.then(() => this.#lose(world));
      return { ok: true };
    } catch (error) {
      if (number === this.#number) this.#problem = error instanceof Error ? error.message : String(error);
      this.#changes++;
      return no("The world did not start.");
    }
  }

  /** Plays the release of this choice in a fresh world. */
  async play(name: string): Promise<Outcome> {
    const started = await this.start(name);
    if (!started.ok || this.#world === undefined) return started;
    this.#player = new Player(this.#world, this.#options.pace, () => this.#changes++);
    this.#await(this.#player.play());
    return started;
  }

  pause(): Outcome {
    this.#player?.pause();
    return { ok: true };
  }

  goOn(): Outcome {
    this.#player?.goOn();
    return { ok: true };
  }

  perform(action: Action): Outcome {
    if (this.#world === undefined) return no("The world is still starting.");
    if (this.#problem !== null) return no("The app has ended. Start a fresh world.");
    const { state } = this.#player?.view ?? idle;
    if (state === "playing" || state === "paused")
      return no("A release is being played. Let it end, or start a fresh world.");
    const outcome = perform(this.#world, action);
    this.#changes++;
    return outcome;
  }

  view(): View {
    const world = this.#world;
    const play = this.#player?.view ?? idle;
    if (world === undefined) return { ...nothing, world: this.#worldView([]), play };
    const { stage, scene } = world;
    return {
      world: this.#worldView(peopleOf(stage)),
      play,
      repo: repoView(world),
      threads: threadsOf(stage.repo, stage.app.id),
      machines: machinesView(stage, scene.pull),
      inbox: inboxView(stage),
      webhooks: webhooksView(stage.github),
      requests: requestsView(stage.github),
    };
  }

  #worldView(people: WorldView["people"]): WorldView {
    const state = this.#problem !== null ? "broken" : this.#world === undefined ? "starting" : "running";
    return {
      state,
      problem: this.#problem,
      log: this.#problem === null ? [] : (this.#world?.app.tail(logLines) ?? []),
      choice: this.#choice.name,
      choices: worldChoices.map(({ name, title }) => ({ name, title })),
      people,
      number: this.#number,
      app: this.#world?.app.pid ?? null,
      github: this.#world?.github ?? "",
    };
  }

  /** The app has ended by itself: nothing looks after the pull request any more. */
  #lose(world: PageWorld): void {
    if (this.#world !== world) return;
    this.#problem = "the app has ended";
    this.#player?.stop();
    this.#changes++;
  }

  #end(): void {
    this.#player?.stop();
    this.#player = undefined;
    if (this.#world !== undefined) this.#await(this.#world.close());
    this.#world = undefined;
    this.#changes++;
  }

  #await(work: Promise<void>): void {
    this.#ending.add(work);
    const gone = () => this.#ending.delete(work);
    work.then(gone, gone);
  }

  /** Resolves when everything that was ever started has ended. */
  async close(): Promise<void> {
    this.#stopped.abort();
    this.#end();
    await Promise.allSettled([...this.#ending]);
  }
}

const no = (message: string): Outcome => ({ ok: false, message, reasons: [] });

function repoView({ stage: { repo } }: PageWorld): RepoView {
  const configuration = repo.file(configurationFile) ?? "";
  return {
    name: repo.fullName,
    defaultBranch: repo.record.defaultBranch,
    configuration,
    configurationFile,
    commit: repo.sha(),
    window: windowState(configuration),
  };
}

const nothing: Omit<View, "world" | "play"> = {
  repo: {
    name: "",
    defaultBranch: "",
    configuration: "",
    configurationFile,
    commit: "",
    window: null,
  },
  threads: [],
  machines: [],
  inbox: { messages: [], webhook: { received: 0, refused: 0 } },
  webhooks: { total: 0, rows: [] },
  requests: { total: 0, reads: 0, writes: 0, counts: [], rows: [] },
};
