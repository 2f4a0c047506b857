import type { Line } from "./plain-lines.ts";

const numbered = /^ ?(\d{1,3})[.)][ \t]+(\S.*)$/;

/**
 * The answers in the lines below a command: `1. …`, `2. …`, each running on to the next number, up to a blank line
 * that is not followed by an indented one. Prose before the first number is no answer. Where the numbers do not
 * rise (Markdown lets people write `1.` everywhere), their order counts. Empty where a number was left out.
 */
export const readAnswers = (lines: readonly Line[]): string[] => {
  const found: { readonly number: number; readonly text: string[] }[] = [];
  let blank = false;
  for (const { text, plain } of lines) {
    const [, number, start] = (plain && numbered.exec(text)) || [];
    const current = found.at(-1);
    if (number !== undefined && start !== undefined) found.push({ number: Number(number), text: [start] });
    else if (current && blank && text.trim() !== "" && !/^(?: {2}|\t)/.test(text)) break;
    else current?.text.push(text);
    blank = text.trim() === "";
  }
  const rising = found.every(({ number }, index) => number > (found[index - 1]?.number ?? 0));
  const answers: string[] = [];
  for (const [index, { number, text }] of found.entries())
    answers[rising ? number - 1 : index] = text
      .map((line) => line.replace(/^(?: {1,3}|\t)/, ""))
      .join("\n")
      .trim();
  return Array.from(answers, (answer) => answer ?? "");
};
