import { describe, expect, test } from "@jest/globals";
import type { CommandItem } from "../../src/domain/commands/command.ts";
import { parseCommands } from "../../src/domain/commands/parse.ts";
import { usage } from "../../src/domain/commands/read.ts";
import { nodesOf, pages, textOf } from "./pages.ts";

const manual = ["rollback", "screenshots", "security"].map((id): CommandItem => ({ id, kind: "manual" }));
/** The items that the docs name in commands. */
const items: readonly CommandItem[] = [
  ...manual,
  { id: "migrations", kind: "check" },
  { id: "stakeholders", kind: "notify" },
];

/** What people would write in place of what stands for something else. */
const examples: readonly (readonly [RegExp, string])[] = [
  [/<items?…?>/g, "rollback"],
  [/https:\/\/…|<link>/g, "https://example.com/"],
  [/<reason>|\[note\]|…/g, "Because of that"],
];
const filled = (command: string): string =>
  examples.reduce((text, [place, example]) => text.replace(place, example), command);

/** What is wrong with a command as the docs write it; null: nothing. A name alone stands for the command as such. */
function mistakeIn(command: string): string | null {
  const [, name = "", rest] = /^\/checklist (\S+)(?: (.*))?$/.exec(command) ?? [];
  if (rest === undefined && Object.hasOwn(usage, name)) return null;
  const [parsed] = parseCommands(filled(command), items);
  return parsed === undefined ? "no command" : parsed.kind === "wrong" ? parsed.why : null;
}

describe("every /checklist command in the docs is one", () => {
  const commands = pages.flatMap((page) =>
    nodesOf(page)
      .filter((node) => node.type === "code" || node.type === "inlineCode")
      .flatMap((node) => textOf(node).match(/^\/checklist .*$/gm) ?? [])
      .filter((command) => command !== "/checklist …")
      .map((command) => ({ page, command })),
  );

  test("there are some", () => expect(commands.length).toBeGreaterThan(20));

  test.each(commands)("$page: $command", ({ command }) => expect(mistakeIn(command)).toBeNull());

  test("a mistake would be found", () => {
    expect(mistakeIn("/checklist waive migrations <reason>")).toBeNull();
    expect(mistakeIn("/checklist wave")).toContain("no command");
    expect(mistakeIn("/checklist sign monitoring")).toContain("no item");
    expect(mistakeIn("/checklist waive rollback")).toContain("reason is missing");
  });
});
