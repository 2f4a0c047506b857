import type { Command } from "commander";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import type { Env } from "./connect.ts";
import { type Access, access } from "./look/access.ts";
import { askToLook } from "./look/ask.ts";
import { asJson } from "./look/json.ts";
import { type Observed, observeOnce } from "./look/observe-once.ts";
import { asText } from "./look/text.ts";
import { plannedWrites } from "./look/writes.ts";
import { type PullName, readPullName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly app?: string;
  readonly appId?: string;
}

export function lookCommand(terminal: Terminal, env: Env): Command {
  return command("look", {
    summary: "look at a pull request as the app does",
    description:
      "Looks at one pull request as the app does, and shows what it sees, decides and would write.",
    notes: [
      `Only the running app writes, so that two writers never meet. Where something is to be written, this command asks
it to look again, as the button "Re-run" of its check does. With --dry-run it is not asked either.`,
      `With a token, the app is found by its check on the head, or named with --app. Without NOTIFICATION_TARGETS (as for
the running app) every target counts as known.`,
    ],
    asksGitHub: true,
    exits: ["nothing is in the way of the merge", "blocked", "wrong use, or something cannot be read"],
    examples: [
      "look acme/shop#7",
      "look acme/shop#7 --dry-run",
      "look acme/shop#7 --dry-run --json | jq '.decision.reasons[].long'",
    ],
    json: "print one JSON object: pull, app, config, ledger, decision, check, writes",
  })
    .argument("<pull>", "the pull request, as owner/repo#number")
    .option("--dry-run", "change nothing, and ask nobody to")
    .option("--app <slug>", "the app, when it has no check on the head yet")
    .option("--app-id <number>", "its id, when GitHub does not tell it")
    .action((pull: string, options: Options) => look(pull, options, terminal, env));
}

async function look(pull: string, options: Options, terminal: Terminal, env: Env): Promise<void> {
  const asked = readPullName(pull);
  if (options.appId !== undefined && !/^[1-9]\d{0,14}$/.test(options.appId))
    throw new Cannot(`--app-id must be the number of the app, not "${options.appId}".`);
  terminal.progress(`Looking at ${pull} …`);
  const { as, observed } = await doing(`${pull} cannot be looked at`, async () => {
    const as = await access(env, asked, options);
    return { as, observed: await observeOnce(as, asked) };
  });
  terminal.out(options.json === true ? asJson(observed) : asText(observed));
  if (options.dryRun !== true && plannedWrites(observed).length > 0)
    terminal.err(await askRunningApp(as, observed, asked));
  terminal.exit(isInTheWay(observed) ? 1 : 0);
}

async function askRunningApp({ octokit }: Access, { snapshot }: Observed, asked: PullName): Promise<string> {
  const { current } = snapshot.own;
  if (current === null)
    return "The app has no check here yet that could be run again. It looks by itself at every event, and at all pull requests every few minutes.";
  return doing("The app could not be asked to look again", async () => {
    await askToLook(octokit, asked, current.id);
    return "The app was asked to look again; it writes within seconds when it runs.";
  });
}

const isInTheWay = ({ plan }: Observed): boolean =>
  plan.content !== null && plan.content.conclusion !== "success";
