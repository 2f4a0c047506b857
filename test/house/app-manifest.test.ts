import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { EVENT_PERMISSIONS } from "../../playground/github/permissions.ts";
import { reasons } from "../../src/affected.ts";
import { table } from "../affected/table.ts";

const text = readFileSync("app.yml", "utf8");
const manifest = load(text) as {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
};

test("every permission and every event has its reason beside it", () => {
  const lines = text.split("\n").filter((line) => /^ {2}\S/.test(line));
  expect(lines).toHaveLength(
    Object.keys(manifest.default_permissions).length + manifest.default_events.length,
  );
  for (const line of lines) expect(line).toMatch(/^ {2}(- )?[\w]+(: (read|write))? # .{10,}$/);
});

test("the app subscribes to what it looks at, and to nothing else", () => {
  const idle = [reasons.unrelated, reasons["told-elsewhere"]].map((why) => `none: ${why}`);
  const looked = Object.entries(table)
    .filter(([, result]) => !idle.includes(result))
    .map(([event]) => event.split(".")[0] ?? "");
  // GitHub sends these to every app; nobody can subscribe to them.
  const always = ["installation", "installation_repositories"];
  const expected = [...new Set(looked)].filter((event) => !always.includes(event));
  expect([...manifest.default_events].sort()).toEqual(expected.sort());
});

test("each event comes with a permission that the app asks for", () => {
  for (const event of manifest.default_events) {
    const granted = EVENT_PERMISSIONS[event]?.some((name) => name in manifest.default_permissions);
    expect([event, granted]).toEqual([event, true]);
  }
});

test("nothing breaks out of the quotes that Probot's set-up page puts it into", () => {
  expect(JSON.stringify(manifest)).not.toContain("'");
});
