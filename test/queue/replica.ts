import { bullQueue } from "../../src/queue/bullmq.ts";
import { editWork, numbers, pull } from "./works.ts";

/** A replica whose looks never end: it says what it looks at, until somebody kills it. */
const [url = "", prefix = ""] = process.argv.slice(2);
const queue = await bullQueue({
  url,
  prefix,
  concurrency: 1,
  lockDuration: 1_000,
  onError: () => {},
  onTrouble: (error) => process.stderr.write(`${error.message}\n`),
  look: (_, work) => {
    process.stdout.write(`looking at ${numbers(work).join()}\n`);
    return new Promise(() => {});
  },
});
await queue.add(pull(1), editWork(1));
