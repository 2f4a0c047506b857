import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Terminal } from "../../src/cli/terminal.ts";
import { reportOverHistory } from "../history/report.ts";

/** What `release-checklist report` tells of a history that is made up: one page of HTML. Made once, when it is asked for. */
export function reportPage(): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function make(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "release-checklist-report-"));
  const said: string[] = [];
  try {
    const file = join(directory, "report.html");
    await reportOverHistory(file, quiet(said));
    return await readFile(file, "utf8").catch(() => {
      throw new Error(`There is no report: ${said.join(" ")}`);
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const quiet = (said: string[]): Terminal => ({
  out: () => {},
  err: (text) => void said.push(text),
  progress: () => {},
  exit: () => {},
  colours: false,
});
