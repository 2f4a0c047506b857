import type { Command } from "commander";
import type { ReadConfig } from "../domain/config/read.ts";
import { command } from "./command.ts";
import { readConfigFile } from "./config-file.ts";
import type { Env } from "./connect.ts";
import { showFinding } from "./findings.ts";
import { meaningOf } from "./meaning.ts";
import type { Terminal } from "./terminal.ts";

export function validateCommand(terminal: Terminal, env: Env): Command {
  return command("validate", {
    summary: "check a configuration file",
    description: "Checks a configuration file and shows every mistake at its place.",
    notes: [
      'Only the key "checklist" is looked at. "changelog" in the same file belongs to GitHub.\nWithout [file], .github/release.yml and then .github/release-checklist.yml are tried.',
      "It needs no network, unless the file extends those of other repositories: these are read as GITHUB_TOKEN, or as the\napp with APP_ID and PRIVATE_KEY.",
    ],
    exits: [
      'valid, or no "checklist" in it (nothing is configured, nothing is wrong)',
      "mistakes were found",
      "wrong use, or the file cannot be read",
    ],
    examples: ["validate", "validate docs/example.yml", "validate --json | jq '.findings[].message'"],
    json: "print one JSON object: file, kind (none, valid, broken), findings",
  })
    .argument("[file]", "the file to check")
    .action((file: string | undefined, options: { json?: boolean }) =>
      validate(file, options.json === true, terminal, env),
    );
}

async function validate(
  asked: string | undefined,
  json: boolean,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const source = readConfigFile(asked);
  const { file } = source;
  const config = await meaningOf(source, terminal, env);
  if (json) {
    terminal.out(JSON.stringify({ file, kind: config.kind, findings: config.findings }, null, 2));
  } else {
    for (const finding of config.findings)
      terminal.out(`${showFinding(finding, source, terminal.colours)}\n`);
    terminal.out(conclusion(file, config));
  }
  terminal.exit(config.kind === "broken" || (config.kind === "none" && config.findings.length > 0) ? 1 : 0);
}

function conclusion(file: string, config: ReadConfig): string {
  if (config.kind === "none") return `${file} has no "checklist": nothing is configured here.`;
  if (config.kind === "broken") return `${file} is broken: ${counted(config.findings.length, "mistake")}.`;
  const { items, enforcement } = config.checklist;
  const trial = enforcement === "evaluate" ? ", as a trial (enforcement: evaluate)" : "";
  const doubts = config.findings.length === 0 ? "" : `, with ${counted(config.findings.length, "warning")}`;
  return `${file} is valid: ${counted(items.length, "item")}${trial}${doubts}.`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
