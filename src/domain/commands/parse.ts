import { readAnswers } from "./answers.ts";
import { type CommandItem, mostCommands, type ParsedCommand } from "./command.ts";
import { type Line, plainLines } from "./plain-lines.ts";
import { readCommand } from "./read.ts";

const command = /^ {0,3}\/checklist(?:[ \t]+(.*))?$/i;

/**
 * The commands of a comment, in order: each `/checklist …` at the start of a line that Markdown shows as text.
 * `items` are those of this pull request's checklist. Whether the person may do it is decided elsewhere.
 */
export const parseCommands = (body: string, items: readonly CommandItem[]): ParsedCommand[] => {
  const markdown = body.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  // Most comments hold none: they are not worth a Markdown parser.
  const first = markdown.split("\n").find((line) => command.test(line));
  if (first === undefined) return [];
  if (isHeavy(markdown)) return [wrong(first, tooHeavy)];
  const lines = plainLines(markdown);
  const starts = lines.flatMap((line, index) => (commandOf(line) === null ? [] : [index]));
  const parsed = starts.slice(0, mostCommands).map((start, index) => {
    const below = lines.slice(start + 1, starts[index + 1]);
    return readCommand(commandOf(lines[start]) ?? "", readAnswers(below), items);
  });
  const beyond = starts[mostCommands];
  if (beyond === undefined) return parsed;
  const why = `A comment may hold at most ${mostCommands} commands; this one and those below it were not done.`;
  return [...parsed, wrong(lines[beyond]?.text ?? "", why)];
};

const wrong = (line: string, why: string): ParsedCommand => ({
  kind: "wrong",
  text: line.trim().slice(0, 200),
  why,
});

/**
 * Markdown parsers take seconds, or run out of stack, on some comments of 65,536 characters: thousands of nested
 * quotations, or of lines that lazily continue a list. A comment for commands needs none of that.
 */
const isHeavy = (markdown: string): boolean =>
  markdown.length > 20_000 || markdown.split("\n").length > 1_000 || nested.test(markdown);

/** A line that opens more than twenty containers. */
const nested = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\n]*\]:)){20}/m;

const tooHeavy =
  "This comment is too long, or too deeply nested, to be searched for commands. Write them in a short comment of their own.";

/** What follows `/checklist`, or null when the line is no command. */
const commandOf = (line: Line | undefined): string | null => {
  const match = line?.plain ? command.exec(line.text) : null;
  return match ? (match[1] ?? "").trim() : null;
};
