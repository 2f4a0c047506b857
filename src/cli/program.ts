import { Command, CommanderError } from "commander";
import { version } from "../version.ts";
import { Cannot } from "./cannot.ts";
import { programName } from "./command.ts";
import type { Env } from "./connect.ts";
import { doctorCommand } from "./doctor.ts";
import { initCommand } from "./init.ts";
import { lookCommand } from "./look.ts";
import { previewCommand } from "./preview.ts";
import { reportCommand } from "./report.ts";
import type { Terminal } from "./terminal.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify.ts";

const help = `
Every command has its own --help with examples. "--json" prints the result for other programs.

Exit codes:
  0  fine
  1  something was found
  2  it could not be done: wrong use, or something cannot be read`;

/** The whole command line. Variables of the environment tell where GitHub is, and who asks. */
export function createProgram(terminal: Terminal, env: Env): Command {
  const program = new Command(programName)
    .description("Tools for those who look after a release checklist on GitHub.")
    .version(version)
    .addHelpText("after", help)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addCommand(initCommand(terminal, env))
    .addCommand(validateCommand(terminal, env))
    .addCommand(previewCommand(terminal, env))
    .addCommand(lookCommand(terminal, env))
    .addCommand(doctorCommand(terminal, env))
    .addCommand(verifyCommand(terminal, env))
    .addCommand(reportCommand(terminal, env));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError("Add --help for more.")
      .configureOutput({
        writeOut: (text) => terminal.out(text.trimEnd()),
        writeErr: (text) => terminal.err(text.trimEnd()),
        getOutHasColors: () => terminal.colours,
      });
  }
  return program;
}

/** Runs one command line. */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  env: Env = process.env,
): Promise<void> {
  try {
    await createProgram(terminal, env).parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof Cannot) {
      terminal.err(error.message);
      terminal.exit(2);
    } else if (error instanceof CommanderError) terminal.exit(error.exitCode === 0 ? 0 : 2);
    else throw error;
  }
}
