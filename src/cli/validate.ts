import { readFileSync } from "node:fs";
import { Command } from "commander";
import { type ReadConfig, readConfig } from "../domain/config/read.ts";
import { builtInTemplates } from "../templates.ts";
import { showFinding } from "./findings.ts";
import type { Terminal } from "./terminal.ts";

/** Where a repository keeps its configuration, in the order in which it is looked for. */
const usualFiles = [".github/release.yml", ".github/release-checklist.yml"] as const;

const help = `
Only the key "checklist" is looked at. "changelog" in the same file belongs to GitHub.
Without [file], .github/release.yml and then .github/release-checklist.yml are tried.

Exit codes:
  0  valid, or no "checklist" in it (nothing is configured, nothing is wrong)
  1  mistakes were found
  2  wrong use, or the file cannot be read

Examples:
  $ release-checklist validate
  $ release-checklist validate docs/example.yml
  $ release-checklist validate --json | jq '.findings[].message'`;

export function validateCommand(terminal: Terminal): Command {
  return new Command("validate")
    .summary("check a configuration file")
    .description("Checks a configuration file and shows every mistake at its place.")
    .argument("[file]", "the file to check", undefined)
    .option("--json", "print one JSON object: file, kind (none, valid, broken), findings")
    .addHelpText("after", help)
    .action((file: string | undefined, options: { json?: boolean }) =>
      validate(file, options.json === true, terminal),
    );
}

function validate(asked: string | undefined, json: boolean, terminal: Terminal): void {
  const source = firstReadable(asked === undefined ? usualFiles : [asked]);
  if ("problem" in source) {
    terminal.err(source.problem);
    terminal.exit(2);
    return;
  }
  const { file, text } = source;
  const config = readConfig(text, file, builtInTemplates());
  if (json) {
    terminal.out(JSON.stringify({ file, kind: config.kind, findings: config.findings }, null, 2));
  } else {
    for (const finding of config.findings) terminal.out(`${showFinding(finding, text, terminal.colours)}\n`);
    terminal.out(conclusion(file, config));
  }
  terminal.exit(config.kind === "broken" || (config.kind === "none" && config.findings.length > 0) ? 1 : 0);
}

type Source = { readonly file: string; readonly text: string } | { readonly problem: string };

function firstReadable(files: readonly string[]): Source {
  const problems: string[] = [];
  for (const file of files) {
    try {
      return { file, text: readFileSync(file, "utf8") };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(`${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : code}`);
      // Only a file that is not there lets the next one count.
      if (code !== "ENOENT") break;
    }
  }
  return { problem: problems.join("\n") };
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
