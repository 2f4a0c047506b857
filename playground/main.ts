import { parseArgs } from "node:util";
import { reportOverHistory } from "./history/report.ts";
import { playOnPage } from "./serve/index.ts";
import { allStories, playHeadless } from "./story/headless.ts";

const names = allStories.map(({ name }) => name).join(", ");
const usage = `npm run playground (a page to click through a release; PORT chooses its port)
npm run playground -- --headless [--only <story>] (plays releases and prints them: ${names})
npm run playground -- --report <file> (the report over half a year of made-up releases, as a page)`;

async function main(): Promise<number> {
  let headless: boolean | undefined;
  let only: string | undefined;
  let report: string | undefined;
  try {
    ({ headless, only, report } = parseArgs({
      options: { headless: { type: "boolean" }, only: { type: "string" }, report: { type: "string" } },
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
  if (report !== undefined) {
    await reportOverHistory(report);
    return 0;
  }
  const port = Number(process.env.PORT ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`PORT is "${process.env.PORT}": it must be a number from 0 to 65535\n`);
    return 2;
  }
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // Whoever read the transcript has gone, as in `| head`.
  process.stdout.on("error", stop);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (!headless) {
    await playOnPage({ print, stopped: stopped.signal, port });
    return 0;
  }
  const seen = await playHeadless({ print, stopped: stopped.signal, stories });
  return seen ? 0 : 1;
}

process.exitCode = await main();
