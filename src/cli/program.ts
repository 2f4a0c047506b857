import { Command, CommanderError } from "commander";
import { lookCommand } from "./look.ts";
import type { Terminal } from "./terminal.ts";
import { validateCommand } from "./validate.ts";

/** Runs one command line. Variables of the environment tell where GitHub is, and who asks. */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const program = new Command("release-checklist")
    .description("Tools for those who look after a release checklist on GitHub.")
    .addCommand(validateCommand(terminal))
    .addCommand(lookCommand(terminal, env));
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
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    terminal.exit(error.exitCode === 0 ? 0 : 2);
  }
}
