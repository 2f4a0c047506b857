/** The clock and the timers that a queue uses: given from outside, so that tests decide what time it is. */
export interface Timers {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after so many milliseconds; the result takes it back. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Those of this machine. A waiting timer does not keep the process alive: the server's socket does. */
export const systemTimers: Timers = {
  now: Date.now,
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
