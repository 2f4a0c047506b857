import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { type Report, reportOf } from "../domain/report/report.ts";
import { reportAsCsv } from "../render/report/csv.ts";
import { reportAsHtml } from "../render/report/html.ts";
import { reportAsText } from "../render/report/text.ts";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import { connect, type Env } from "./connect.ts";
import { harmless } from "./harmless.ts";
import { painter } from "./paint.ts";
import { readRepoName } from "./pull-name.ts";
import { type Gathered, gather } from "./report/gather.ts";
import { readPeriod } from "./report/period.ts";
import { appOf, repositoriesOf } from "./report/repositories.ts";
import type { Terminal } from "./terminal.ts";
import { type KeyOptions, keysOf } from "./verify/keys.ts";

interface Options extends KeyOptions {
  readonly org?: string;
  readonly since: string;
  readonly until?: string;
  readonly quietAfter: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly html?: string;
  readonly app?: string;
  readonly appId?: string;
}

export function reportCommand(terminal: Terminal, env: Env): Command {
  return command("report", {
    summary: "what the records of many releases tell together",
    description:
      "Works out from the signed release records how often, how fast and how safely releases reach production, and where their time goes.",
    notes: [
      "Only records that stand count, as `verify` would say; those that do not are named.",
      `The signature is checked with the app's public key. It is told by the running app (--keys-from), stands in a PEM file
(--key; several where the key was changed), or follows from PRIVATE_KEY or PRIVATE_KEY_PATH.`,
    ],
    asksGitHub: true,
    exits: [
      "every record stands",
      "some records do not stand, and are left out",
      "it could not be done: wrong use, or something cannot be read",
    ],
    examples: [
      "report acme/shop acme/api --since 180d",
      "report --org acme --since 2026-01-01 --until 2026-03-31 --html quarter.html",
      "report acme/shop --json | jq '.stability.changeFailureRate'",
    ],
    json: "print one JSON object: the report, and leftOut; times in seconds",
  })
    .argument("[repositories...]", "each as owner/repo")
    .option("--org <name>", "all repositories of an organisation")
    .option("--since <time>", "from a date, or so long back from the end: 180d, 26w", "180d")
    .option("--until <date>", "up to the end of this day (UTC); now, when it is not given")
    .option("--quiet-after <number>", "name items that found nothing in so many releases", "10")
    .option("--csv", "print one row for each release")
    .option("--html <file>", "write one page with charts that can be mailed")
    .option(
      "--key <file>",
      "a PEM file with the app's key; may be given several times",
      (file, files: string[] = []) => [...files, file],
    )
    .option("--keys-from <address>", "where the app runs: it shows its key at /.well-known/jwks.json")
    .option("--app <slug>", "the app whose records count, when a token asks")
    .option("--app-id <number>", "its id, when GitHub does not tell it")
    .action((repositories: string[], options: Options) => report(repositories, options, terminal, env));
}

async function report(
  names: readonly string[],
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const { json, csv, html, org, app: slug, appId } = options;
  if (json === true && csv === true) throw new Cannot("--json and --csv both print: choose one.");
  if (names.length === 0 && org === undefined)
    throw new Cannot("name repositories as owner/repo, or an organisation with --org.");
  const named = names.map(readRepoName);
  if (!/^[1-9]\d{0,3}$/.test(options.quietAfter))
    throw new Cannot(`--quiet-after must be a number of releases from 1 on, not "${options.quietAfter}".`);
  if (appId !== undefined && !/^[1-9]\d{0,14}$/.test(appId))
    throw new Cannot(`--app-id must be the number of the app, not "${appId}".`);
  const now = Date.now();
  const period = readPeriod(options.since, options.until, now);
  const keys = await keysOf(options, env);
  const gathered = await doing("The records cannot be read", async () => {
    const connection = await connect(env);
    const app = await appOf(connection, {
      ...(slug === undefined ? {} : { app: slug }),
      ...(appId === undefined ? {} : { appId }),
    });
    const repositories = await repositoriesOf(connection, named, org);
    return gather(repositories, period.from, app, keys, (text) => terminal.progress(text));
  });
  const result = reportOf(gathered.records, { period, quietAfter: Number(options.quietAfter) });
  if (html !== undefined)
    write(html, reportAsHtml({ report: result, at: new Date(now).toISOString(), ...gathered }));
  if (json === true) terminal.out(JSON.stringify({ ...result, leftOut: gathered.leftOut }, null, 2));
  else if (csv === true) terminal.out(reportAsCsv(result));
  else if (html === undefined) terminal.out(inLines(result, terminal));
  tell(gathered, html, terminal);
  terminal.exit(gathered.leftOut.length > 0 ? 1 : 0);
}

function inLines(result: Report, terminal: Terminal): string {
  const paint = painter(terminal.colours);
  return reportAsText(result)
    .map(({ text, heading }) => (heading ? paint("bold", harmless(text)) : harmless(text)))
    .join("\n");
}

function tell({ records, leftOut }: Gathered, html: string | undefined, terminal: Terminal): void {
  if (html !== undefined) terminal.err(`Wrote ${html}, from ${records.length} records.`);
  if (leftOut.length === 0) return;
  terminal.err(`${leftOut.length} left out, because they do not stand:`);
  for (const why of leftOut) terminal.err(`  ${harmless(why)}`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Cannot(`--html ${file} cannot be written (${code ?? "unknown reason"}).`);
  }
}
