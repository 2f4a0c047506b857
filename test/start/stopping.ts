import { createLog } from "../../src/log.ts";
import { endOnCrash, stopOnSignals } from "../../src/stop.ts";

/** Run as a process of its own by `stop.test.ts`: what to stop is given as an argument. */
const modes: Record<string, () => Promise<boolean>> = {
  clean: async () => true,
  late: async () => false,
  failing: async () => {
    throw new Error("no");
  },
  crashing: async () => {
    Promise.reject(new Error("lost a-well-kept-secret"));
    return new Promise(() => {});
  },
  hanging: () => new Promise(() => {}),
};
const stop = modes[process.argv[2] ?? ""];
if (stop === undefined) throw new Error("mode?");

const log = createLog({ level: "info", format: "pretty", secrets: ["a-well-kept-secret"] });
endOnCrash(log);
stopOnSignals(stop, log);
setInterval(() => {}, 60_000);
process.stdout.write("ready\n");
