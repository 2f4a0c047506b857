import { NotSeen, until } from "../story/step.ts";
import type { PlayView, ToldStep } from "./view.ts";
import type { PageWorld } from "./world.ts";

export const idle: PlayView = { state: "idle", total: 0, told: [], problem: null };

export interface Pace {
  /** Milliseconds to read what happens before it happens, and the same again to see what it led to. */
  readonly reading: number;
  /** Milliseconds until what a step leads to must be seen. */
  readonly deadline: number;
}

/** Plays the release of a world step by step, slowly enough to be followed. */
export class Player {
  readonly #world: PageWorld;
  readonly #pace: Pace;
  readonly #changed: () => void;
  readonly #stopped = new AbortController();
  #view: PlayView;
  #paused = false;
  #wake: () => void = () => {};

  constructor(world: PageWorld, pace: Pace, changed: () => void) {
    this.#world = world;
    this.#pace = pace;
    this.#changed = changed;
    this.#view = { state: "playing", total: world.choice.steps.length, told: [], problem: null };
  }

  get view(): PlayView {
    return this.#view;
  }

  /** Resolves when the last step was seen, or when it cannot go on. */
  async play(): Promise<void> {
    try {
      for (const step of this.#world.choice.steps) await this.#step(step);
      this.#set({ state: "done" });
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      const shows = error instanceof NotSeen ? ` What was seen instead: ${error.sight.shows.join(" ")}` : "";
      const problem = `${error instanceof Error ? error.message : String(error)}${shows}`;
      this.#set({ state: "failed", problem });
    }
  }

  async #step({ happens, act, leads, look }: PageWorld["choice"]["steps"][number]): Promise<void> {
    const { scene, stage, tick } = this.#world;
    const before = this.#view.told;
    const tell = (step: ToldStep): void => this.#set({ told: [...before, step] });
    tell({ happens, leads: null });
    await this.#wait();
    tick();
    await act(scene);
    const patience = { deadline: this.#pace.deadline, stopped: this.#stopped.signal };
    await until(leads, () => look(scene), patience);
    tell({ happens, leads });
    // What is on its way arrives before somebody does the next thing.
    await stage.github.webhooks.idle();
    await this.#wait();
  }

  /** Waits while people read, and for as long as they pause. */
  async #wait(): Promise<void> {
    do {
      await new Promise<void>((resolve) => {
        const timer = this.#paused ? undefined : setTimeout(resolve, this.#pace.reading);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#stopped.signal.throwIfAborted();
    } while (this.#paused);
  }

  pause(): void {
    if (this.#view.state !== "playing") return;
    this.#paused = true;
    this.#set({ state: "paused" });
    this.#wake();
  }

  /** Goes on after a pause, and does not wait where it was waiting. */
  goOn(): void {
    if (this.#view.state !== "playing" && this.#view.state !== "paused") return;
    this.#paused = false;
    this.#set({ state: "playing" });
    this.#wake();
  }

  stop(): void {
    this.#stopped.abort();
    this.#wake();
  }

  #set(change: Partial<PlayView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changed();
  }
}
