import { parseArgs } from "node:util";
import { allStories, playHeadless } from "./story/headless.ts";

const names = allStories.map(({ name }) => name).join(", ");
const usage = `npm run playground -- --headless [--only <story>] (plays releases and prints them: ${names})`;

async function main(): Promise<number> {
  let headless: boolean | undefined;
  let only: string | undefined;
  try {
    ({ headless, only } = parseArgs({
      options: { headless: { type: "boolean" }, only: { type: "string" } },
    }).values);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    return 2;
  }
  const stories = allStories.filter(({ name }) => only === undefined || name === only);
  if (stories.length === 0) {
    process.stderr.write(`There is no story "${only}": there are ${names}\n`);
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
  const seen = await playHeadless({ print, stopped: stopped.signal, stories });
  return seen ? 0 : 1;
}

process.exitCode = await main();
