import type { Command } from "commander";
import { readReleaseRecord } from "../record/read.ts";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import type { Env } from "./connect.ts";
import { access } from "./look/access.ts";
import { painter } from "./paint.ts";
import { readPullName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";
import { asJson } from "./verify/json.ts";
import { type KeyOptions, keysOf } from "./verify/keys.ts";
import { asText } from "./verify/text.ts";

interface Options extends KeyOptions {
  readonly json?: boolean;
  readonly app?: string;
  readonly appId?: string;
}

export function verifyCommand(terminal: Terminal, env: Env): Command {
  return command("verify", {
    summary: "say whether a release record stands",
    description:
      "Checks the signed record of a release: who wrote it, whether it was changed, and whether it is the newest one.",
    notes: [
      `The signature is checked with the app's public key. It is told by the running app (--keys-from), stands in a PEM file
(--key; several where the key was changed), or follows from PRIVATE_KEY or PRIVATE_KEY_PATH.`,
      "With a token, the app is found by its check on the merged commit, or named with --app.",
    ],
    asksGitHub: true,
    exits: [
      "the record stands",
      "none stands",
      "it cannot be told: wrong use, not merged, or something cannot be read",
    ],
    examples: [
      "verify acme/shop#7 --keys-from https://checklist.example.com",
      "verify acme/shop#7 --key app.pem --json | jq '.record.items[] | select(.signs != [])'",
    ],
    json: "print one JSON object: pull, stands, comment, record, reasons, proves, doesNotProve",
  })
    .argument("<pull>", "the pull request, as owner/repo#number")
    .option(
      "--key <file>",
      "a PEM file with the app's key; may be given several times",
      (file, files: string[] = []) => [...files, file],
    )
    .option("--keys-from <address>", "where the app runs: it shows its key at /.well-known/jwks.json")
    .option("--app <slug>", "the app, when it has no check on the commit any more")
    .option("--app-id <number>", "its id, when GitHub does not tell it")
    .action((pull: string, options: Options) => verify(pull, options, terminal, env));
}

async function verify(pull: string, options: Options, terminal: Terminal, env: Env): Promise<void> {
  const asked = readPullName(pull);
  if (options.appId !== undefined && !/^[1-9]\d{0,14}$/.test(options.appId))
    throw new Cannot(`--app-id must be the number of the app, not "${options.appId}".`);
  const keys = await keysOf(options, env);
  terminal.progress(`Reading the record of ${pull} …`);
  const { app, reading } = await doing(`${pull} cannot be verified`, async () => {
    const { octokit, app } = await access(env, asked, options);
    return { app, reading: await readReleaseRecord(octokit, asked, asked.number, app, keys) };
  });
  terminal.out(
    options.json === true
      ? asJson(pull, reading, app)
      : asText(pull, reading, app, painter(terminal.colours)),
  );
  terminal.exit(reading.kind === "stands" ? 0 : reading.kind === "refused" ? 1 : 2);
}
