import { parseArgs } from "node:util";
import { playHeadless } from "./story/headless.ts";

const usage = "npm run playground -- --headless (plays two releases and prints them)";

async function main(): Promise<number> {
  let headless: boolean | undefined;
  try {
    ({ headless } = parseArgs({ options: { headless: { type: "boolean" } } }).values);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    return 2;
  }
  if (!headless) {
    process.stderr.write(`The page to click through comes with a later version. For now: ${usage}\n`);
    return 2;
  }
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // Whoever read the transcript has gone, as in `| head`.
  process.stdout.on("error", stop);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const seen = await playHeadless({ print, stopped: stopped.signal });
  return seen ? 0 : 1;
}

process.exitCode = await main();
