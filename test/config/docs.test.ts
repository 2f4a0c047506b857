import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { fromMarkdown } from "mdast-util-from-markdown";
import * as z from "zod";
import { readConfig } from "../../src/domain/config/read.ts";
import { checklistSchema } from "../../src/domain/config/schema/checklist-schema.ts";
import { readTemplate } from "../../src/domain/config/template.ts";
import { builtInTemplates } from "../../src/templates.ts";

const text = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
const snippets = fromMarkdown(text).children.flatMap((node) =>
  node.type === "code" && node.lang === "yaml"
    ? [{ line: node.position?.start.line ?? 0, yaml: node.value }]
    : [],
);

test("the page shows examples", () => expect(snippets.length).toBeGreaterThan(12));

describe("every example in docs/configuration.md is valid", () => {
  test.each(snippets)("the one at line $line", ({ yaml }) => {
    const config = readConfig(yaml, "docs/configuration.md", builtInTemplates());
    expect(config).toMatchObject({ kind: "valid", findings: [] });
  });
});

test("the page tells of every key, and every key tells what it is for", () => {
  const schema = JSON.parse(JSON.stringify(z.toJSONSchema(checklistSchema, { io: "input" })));
  const keys = keysOf(schema);
  expect(keys.size).toBeGreaterThan(35);
  for (const [key, described] of keys) {
    expect([key, described]).toEqual([key, true]);
    expect(text).toMatch(new RegExp(`[\`.]${key}\``));
  }
});

test("the page shows the template default as it is", () => {
  const template = readTemplate("default", builtInTemplates());
  if (typeof template === "string") throw new Error(template);
  const tables = text.replace(/ +/g, " ");
  for (const { id, title } of template.items) expect(tables).toContain(`| \`${id}\` | ${title}`);
  for (const slot of Object.keys(template.slots ?? {})) expect(text).toContain(`slot \`${slot}\``);
});

type JsonSchema = { readonly properties?: Record<string, JsonSchema>; readonly description?: string };

/** Every key of the schema at any depth, and whether each use of it is described. */
function keysOf(schema: JsonSchema, into = new Map<string, boolean>()): Map<string, boolean> {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    into.set(key, (into.get(key) ?? true) && value.description !== undefined);
  }
  for (const [name, value] of Object.entries(schema)) {
    for (const child of name === "properties" ? Object.values(value) : [value].flat()) {
      if (typeof child === "object" && child !== null) keysOf(child as JsonSchema, into);
    }
  }
  return into;
}
