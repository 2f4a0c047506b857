import type { Timers } from "../../src/queue/timers.ts";

interface Timer {
  readonly at: number;
  readonly call: () => void;
}

/** Time that passes only when told. */
export class FakeTimers implements Timers {
  #now = 1_000_000;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.#now + milliseconds, call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get size(): number {
    return this.#timers.size;
  }

  /** Goes to the next timer and calls it; false when there is none. */
  step(): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (!next) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.call();
    return true;
  }
}

/** Lets everything happen that needs no time. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
