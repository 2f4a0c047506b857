import type { Command } from "commander";
import type { ReadConfig } from "../domain/config/read.ts";
import { CONFIG_CHECK } from "../render/config-check.ts";
import { Cannot } from "./cannot.ts";
import { command } from "./command.ts";
import { readConfigFile } from "./config-file.ts";
import type { Env } from "./connect.ts";
import { showFinding } from "./findings.ts";
import { meaningOf, meaningUnder } from "./meaning.ts";
import type { Terminal } from "./terminal.ts";

export function validateCommand(terminal: Terminal, env: Env): Command {
  return command("validate", {
    summary: "check a configuration file",
    description: "Checks a configuration file and shows every mistake at its place.",
    notes: [
      'Only the key "checklist" is looked at. "changelog" in the same file belongs to GitHub.\nWithout [file], .github/release.yml and then .github/release-checklist.yml are tried.',
      "It needs no network, unless the file extends those of other repositories, or --for tells for which repository it is.\nThen GitHub is asked as GITHUB_TOKEN, or as the app with APP_ID and PRIVATE_KEY.",
      `With --for it finds all that the check "${CONFIG_CHECK}" finds: what the organisation locks, and teams,
environments, workflows and checks that are not there. The targets of announcements are known only where
NOTIFICATION_TARGETS is set as on the server.`,
      "With --org-file it is told, without a network, what the file would loosen of an organisation's file that is not pushed yet.",
    ],
    exits: [
      'valid, or no "checklist" in it (nothing is configured, nothing is wrong)',
      "mistakes were found",
      "wrong use, or the file cannot be read",
    ],
    examples: [
      "validate",
      "validate docs/example.yml",
      "validate --for acme/shop",
      "validate --org-file ../.github/.github/release.yml",
      "validate --json | jq '.findings[].message'",
    ],
    json: "print one JSON object: file, kind (none, valid, broken), findings",
  })
    .argument("[file]", "the file to check")
    .option("--for <repository>", "also look up there what the file names, as owner/repo")
    .option("--org-file <path>", "an organisation's file of this machine, whose locks hold")
    .action((file: string | undefined, options: Options) => validate(file, options, terminal, env));
}

interface Options {
  readonly json?: boolean;
  readonly for?: string;
  readonly orgFile?: string;
}

async function validate(
  asked: string | undefined,
  { json, for: repository, orgFile }: Options,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const source = readConfigFile(asked);
  const { file } = source;
  if (orgFile !== undefined && repository !== undefined)
    throw new Cannot("--for reads the organisation's file from GitHub: leave --org-file out, or --for.");
  const config =
    orgFile === undefined
      ? await meaningOf(source, terminal, env, repository)
      : meaningUnder(orgFile, source);
  if (json === true) {
    terminal.out(JSON.stringify({ file, kind: config.kind, findings: config.findings }, null, 2));
  } else {
    for (const finding of config.findings)
      terminal.out(`${showFinding(finding, source, terminal.colours)}\n`);
    terminal.out(conclusion(file, config));
  }
  const meant = config.kind === "none" && config.findings.length > 0;
  terminal.exit(meant || errorsIn(config) > 0 ? 1 : 0);
}

function conclusion(file: string, config: ReadConfig): string {
  if (config.kind === "none") return `${file} has no "checklist": nothing is configured here.`;
  const errors = errorsIn(config);
  if (config.kind === "broken") return `${file} is broken: ${counted(errors, "mistake")}.`;
  const warnings = config.findings.length - errors;
  const { items, enforcement } = config.checklist;
  const trial = enforcement === "evaluate" ? ", as a trial (enforcement: evaluate)" : "";
  const doubts = warnings === 0 ? "" : `, with ${counted(warnings, "warning")}`;
  // What is locked, or not there, does not keep the file from being read.
  if (errors > 0) return `${file} can be read, but has ${counted(errors, "mistake")}${doubts}.`;
  return `${file} is valid: ${counted(items.length, "item")}${trial}${doubts}.`;
}

const errorsIn = ({ findings }: ReadConfig): number =>
  findings.filter(({ severity }) => severity === "error").length;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
