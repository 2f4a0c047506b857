import { Command } from "commander";
import { classify, PassingFault } from "../github/errors.ts";
import { type Asked, access, NoAccess } from "./look/access.ts";
import { asJson } from "./look/json.ts";
import { type Observed, observeOnce } from "./look/observe-once.ts";
import { asText } from "./look/text.ts";
import type { Terminal } from "./terminal.ts";

const help = `
Reads what the app would read, decides as it would decide, and shows what it would write. Nothing is written.

Who asks, from the environment:
  APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH)   the app itself: it sees what the running app sees
  GITHUB_TOKEN                                   a person or a workflow; the app is found by its check on the head,
                                                 or named with --app
  GHE_HOST, GHE_PROTOCOL                         for GitHub Enterprise Server
  NOTIFICATION_TARGETS                           as for the running app; without it every target counts as known

Exit codes:
  0  nothing is in the way of the merge
  1  blocked
  2  wrong use, or something cannot be read

Examples:
  $ release-checklist look acme/shop#7 --dry-run
  $ release-checklist look acme/shop#7 --dry-run --json | jq '.decision.reasons[].long'`;

type Env = Readonly<Record<string, string | undefined>>;

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly app?: string;
  readonly appId?: string;
}

export function lookCommand(terminal: Terminal, env: Env): Command {
  return new Command("look")
    .summary("look at a pull request as the app does")
    .description(
      "Looks at one pull request as the app does, and shows what it sees, decides and would write.",
    )
    .argument("<pull>", "the pull request, as owner/repo#number")
    .option("--dry-run", "write nothing; needed, because only the running app writes")
    .option("--app <slug>", "the app, when it has no check on the head yet")
    .option("--app-id <number>", "its id, when GitHub does not tell it")
    .option("--json", "print one JSON object: pull, app, config, ledger, decision, writes")
    .addHelpText("after", help)
    .action((pull: string, options: Options) => look(pull, options, terminal, env));
}

async function look(pull: string, options: Options, terminal: Terminal, env: Env): Promise<void> {
  const wrong = (message: string): void => {
    terminal.err(message);
    terminal.exit(2);
  };
  const asked = readPull(pull);
  if (asked === null) return wrong(`"${pull}" is no pull request: write it as owner/repo#number.`);
  if (options.appId !== undefined && !/^[1-9]\d{0,14}$/.test(options.appId))
    return wrong(`--app-id must be the number of the app, not "${options.appId}".`);
  if (options.dryRun !== true)
    return wrong("Only the running app writes. Add --dry-run to see what it would write.");
  let observed: Observed;
  try {
    observed = await observeOnce(await access(env, asked, options), asked);
  } catch (error) {
    return wrong(`${pull} cannot be looked at: ${inWords(error)}`);
  }
  terminal.out(options.json === true ? asJson(observed) : asText(observed));
  terminal.exit(isInTheWay(observed) ? 1 : 0);
}

function readPull(text: string): Asked | null {
  const match = /^([\w.-]+)\/([\w.-]+)#([1-9]\d{0,9})$/.exec(text);
  if (match === null) return null;
  const [, owner = "", repo = "", number] = match;
  return { owner, repo, number: Number(number) };
}

/** Errors that are neither ours nor GitHub's are thrown on. */
function inWords(error: unknown): string {
  if (error instanceof NoAccess) return error.message;
  const meaning = classify(error);
  return meaning instanceof PassingFault ? meaning.message : meaning.why;
}

const isInTheWay = ({ plan }: Observed): boolean =>
  plan.content !== null && plan.content.conclusion !== "success";
