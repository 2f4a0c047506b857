/** Loaded into the measured process before its own code: tells what the process has used when the benchmark asks. */
export interface Usage {
  /** User and system time since its start, in milliseconds. */
  readonly cpu: number;
  /** Bytes in use after a full collection; only when asked for and `--expose-gc` is given. */
  readonly heap: number | null;
}

process.on("message", (question) => {
  if (question !== "usage" && question !== "heap") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1000, heap: question === "heap" ? collected() : null });
});
// Answering must not keep the process from ending.
process.channel?.unref();

function collected(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
