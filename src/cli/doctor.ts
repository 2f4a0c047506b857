import type { Command } from "commander";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import { connect, type Env } from "./connect.ts";
import { isFinding } from "./doctor/diagnosis.ts";
import { asText } from "./doctor/text.ts";
import { type Visit, visitOrganisation, visitRepository } from "./doctor/visit.ts";
import { painter } from "./paint.ts";
import { readRepoName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly org?: string;
  readonly app?: string;
  readonly json?: boolean;
}

export function doctorCommand(terminal: Terminal, env: Env): Command {
  return command("doctor", {
    summary: "find out why a gate does not hold",
    description:
      "Looks at everything around the checklist that can be wrong, and tells how to put it right. Changes nothing.",
    notes: [
      `It looks at: permissions and events of the app against those that are needed; whether the check is required on the
branches that releases go into, by ruleset or branch protection, and pinned to the app; who may bypass that; whether
the checks, workflows and environments that items name are there; whether teams and people can be found, and targets
answer; which bots rewrite release descriptions; whether the default branch, where the rules stand, is protected.`,
      `Some of it is seen by some only: permissions, events and webhooks by the app itself (or an owner of the organisation),
who may bypass by an administrator. What this token may not see is said. With a token, the app is found by its checks,
or named with --app.`,
    ],
    asksGitHub: true,
    exits: ["nothing to do", "problems or warnings were found", "wrong use, or GitHub cannot be asked"],
    examples: [
      "doctor acme/shop",
      "doctor --org acme",
      `doctor acme/shop --json | jq '.repositories[].diagnoses[] | select(.level == "problem")'`,
    ],
    json: "print one JSON object: app, account, repositories, each with name and diagnoses",
  })
    .argument("[repository]", "the repository, as owner/repo")
    .option("--org <name>", "every repository of an organisation")
    .option("--app <slug>", "the app, when none of its checks was seen yet")
    .action((repository: string | undefined, options: Options) => doctor(repository, options, terminal, env));
}

async function doctor(
  repository: string | undefined,
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const { org } = options;
  if ((repository === undefined) === (org === undefined))
    throw new Cannot("Name one repository as owner/repo, or an organisation with --org.");
  if (org !== undefined && !/^[\w-]+$/.test(org)) throw new Cannot(`"${org}" is no organisation.`);
  const name = repository === undefined ? null : readRepoName(repository);
  const examined = await doing(`${repository ?? org} cannot be examined`, async () => {
    const connection = await connect(env);
    const visit: Visit = { connection, app: options.app, progress: terminal.progress };
    return name === null
      ? visitOrganisation(visit, org ?? "")
      : visitRepository(visit, name.owner, name.repo);
  });
  const { account, repositories } = examined;
  terminal.out(
    options.json === true ? JSON.stringify(examined, null, 2) : asText(examined, painter(terminal.colours)),
  );
  const all = [account, ...repositories].flatMap((section) => section?.diagnoses ?? []);
  terminal.exit(all.some(isFinding) ? 1 : 0);
}
