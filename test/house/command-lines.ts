import { createProgram } from "../../src/cli/program.ts";

const silent = { out() {}, err() {}, progress() {}, exit() {}, colours: false };

/** What is wrong with a command line of ours, without carrying it out; null when it parses. */
export function mistakeIn(line: string): string | null {
  const program = createProgram(silent, {});
  for (const command of program.commands) command.action(() => {});
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  try {
    program.parse(wordsOf(line), { from: "user" });
    return null;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === "commander.helpDisplayed" || code === "commander.version" ? null : message;
  }
}

/** Without what the shell keeps for itself: comments, pipes, redirections. */
const wordsOf = (line: string): string[] =>
  line
    .replace(/\s+(#(?=\s)|[|>]|&&).*$/, "")
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));

/** Every command line of ours in a text: behind `npx release-checklist`, or at the start of a line or of a quotation. */
export const commandLinesIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:npx release-checklist|node dist\/cli\.js|^(?:\$ )?(?:\w+=\S+ )*release-checklist) ([a-z-].*)$/gm,
    ),
  ].map(([, line = ""]) => line);
