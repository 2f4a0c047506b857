import type { Logger } from "pino";

/** Supervisors kill a process about ten seconds after SIGTERM. */
export const stopWithin = 9_000;

/**
 * Ends the process on SIGTERM and SIGINT: with 0 when everything had ended in time, else with 1. A second signal ends
 * it at once.
 */
export function stopOnSignals(stop: (milliseconds: number) => Promise<boolean>, log: Logger): void {
  let stopping = false;
  const onSignal = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info(`${signal}: stopping`);
    const clean = await stop(stopWithin).catch((error: unknown) => {
      log.error(error, "Stopping failed");
      return false;
    });
    if (!clean) log.warn("Not everything had ended. The next start looks at what was left.");
    process.exit(clean ? 0 : 1);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/** Logs what nobody caught, so that it passes the redactor, and ends with 1: after that nothing can be relied on. */
export function endOnCrash(log: Logger): void {
  process.on("uncaughtException", (error: unknown) => {
    log.fatal(error, "The app crashed");
    process.exit(1);
  });
}
