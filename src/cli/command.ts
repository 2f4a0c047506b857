import { Command } from "commander";

/** What every command's help tells. */
export interface Help {
  /** One phrase, for the list of commands. */
  readonly summary: string;
  /** One or two sentences. */
  readonly description: string;
  /** Paragraphs between the options and the exit codes. */
  readonly notes?: readonly string[];
  /** Who asks GitHub: for commands that do. */
  readonly asksGitHub?: boolean;
  /** What 0, 1 and 2 mean here; null: it never happens. */
  readonly exits: readonly [string, string | null, string];
  /** Command lines without the name of the program. */
  readonly examples: readonly string[];
  /** What `--json` prints, in words. */
  readonly json: string;
}

export const programName = "release-checklist";

const whoAsks = `Who asks, from the environment:
  APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH)   the app itself: it sees what the running app sees
  GITHUB_TOKEN                                   a person or a workflow
  GHE_HOST, GHE_PROTOCOL                         for GitHub Enterprise Server`;

/** A command with the help and the options that all of them have. */
export function command(name: string, help: Help): Command {
  const exits = help.exits.flatMap((meaning, code) => (meaning === null ? [] : [`  ${code}  ${meaning}`]));
  const paragraphs = [
    ...(help.notes ?? []),
    ...(help.asksGitHub === true ? [whoAsks] : []),
    ["Exit codes:", ...exits].join("\n"),
    ["Examples:", ...help.examples.map((line) => `  $ ${programName} ${line}`)].join("\n"),
  ];
  return new Command(name)
    .summary(help.summary)
    .description(help.description)
    .option("--json", help.json)
    .addHelpText("after", `\n${paragraphs.join("\n\n")}`);
}
