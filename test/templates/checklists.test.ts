import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Link, Nodes, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { readConfig } from "../../src/domain/config/read.ts";
import { item, meaning, names, slotted, templates, written } from "./resolved.ts";

const file = "docs/checklists.md";
const text = readFileSync(file, "utf8");
const page = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }).children;

const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";

const linksOf = (node: Nodes): Link[] =>
  node.type === "link" ? [node] : "children" in node ? node.children.flatMap(linksOf) : [];

interface Row {
  readonly section: string;
  readonly line: string;
  readonly who: string;
  readonly what: string;
  /** Template and id, for each item that is named. */
  readonly items: readonly (readonly [template: string, id: string])[];
  readonly tests: readonly string[];
}

/** The rows of all tables that have four columns, with the heading that they stand under. */
function rowsOf(nodes: typeof page): Row[] {
  let section = "";
  return nodes.flatMap((node) => {
    if (node.type === "heading" && node.depth <= 3) section = textOf(node);
    return node.type === "table" &&
      node.children[0]?.children.length === 4 &&
      textOf(node).startsWith("linewho")
      ? rowsIn(node, section)
      : [];
  });
}

const rowsIn = (table: Table, section: string): Row[] =>
  table.children.slice(1).map(({ children: [line, who, what, tests] }) => {
    if (!line || !who || !what || !tests) throw new Error(`A row under ${section} has too few cells`);
    const codes = what.children.flatMap((node) => (node.type === "inlineCode" ? [node.value] : []));
    return {
      section,
      line: textOf(line),
      who: textOf(who),
      what: textOf(what),
      items: codes.flatMap((code) => {
        const [, template, id] = /^([a-z-]+)\/([a-z0-9-]+)$/.exec(code) ?? [];
        return template === undefined || id === undefined ? [] : [[template, id] as const];
      }),
      tests: linksOf(tests).map(({ url }) => url),
    };
  });

const rows = rowsOf(page);

/** How a template's item may be told of. */
function whoOf(template: string, id: string): string {
  if (slotted(template).has(id)) return "slot";
  if (written(template).items.some((one) => one.id === id && one.window !== undefined)) return "window";
  const { kind } = item(meaning({ extends: template }), id);
  return kind === "manual" ? "people" : kind === "notify" ? "announcement" : "app";
}

test("each template has a section with its items and slots", () => {
  expect(new Set(rows.map(({ section }) => section))).toEqual(new Set([...names, "All of them"]));
  for (const name of names) {
    const { items, slots = {} } = written(name);
    const told = new Set(rows.flatMap(({ items }) => items.map(([template, id]) => `${template}/${id}`)));
    for (const { id } of items) expect(told).toContain(`${name}/${id}`);
    const section = text.split(`### \`${name}\``)[1]?.split("\n### ")[0] ?? "";
    const [, listed = ""] = /^Slots: ([^.]+)\.$/m.exec(section) ?? [];
    expect(listed.split(/,\s+/)).toEqual(Object.keys(slots).map((slot) => `\`${slot}\``));
  }
});

describe.each([...new Set(rows.map(({ section }) => section))])("what is told of %s", (section) => {
  const own = rows.filter((row) => row.section === section);

  test("its items are there, and of the kind that is told", () => {
    for (const { line, who, items } of own) {
      for (const [template, id] of items) {
        expect([line, template]).toEqual([line, section]);
        if (who !== "behaviour") expect([line, who]).toEqual([line, whoOf(template, id)]);
      }
      if (who !== "behaviour") expect([line, items.length]).toEqual([line, 1]);
    }
  });

  test("what shows it is there", () => {
    for (const { line, tests } of own) {
      expect([line, tests]).not.toEqual([line, []]);
      for (const url of tests) {
        expect(url).toMatch(/^\.\.\/test\/.*\.test\.ts$/);
        expect([url, existsSync(join("docs", url))]).toEqual([url, true]);
      }
    }
  });
});

test("the words for who are explained", () => {
  const explained = page.flatMap((node) =>
    node.type === "table" && textOf(node).startsWith("whomeans")
      ? node.children.slice(1).map(({ children: [first] }) => (first ? textOf(first) : ""))
      : [],
  );
  expect(explained.sort()).toEqual([...new Set(rows.map(({ who }) => who))].sort());
});

test("the lengths of the lists are right", () => {
  for (const name of names) {
    const { items } = written(name);
    const early = items.filter(({ phase = "before-merge" }) => phase === "before-merge");
    const always = early.filter(({ when }) => when === undefined).length;
    const late = items.length - early.length;
    expect(text.replace(/ +/g, " ")).toMatch(
      new RegExp(
        `^\\| \\[\`${name}\`\\]\\(#${name}\\) \\|.*\\| ${always} \\| ${early.length} \\| ${late} \\|$`,
        "m",
      ),
    );
  }
});

test("every example means something, without a warning", () => {
  const examples = page.flatMap((node) => (node.type === "code" && node.lang === "yaml" ? [node.value] : []));
  expect(examples.length).toBeGreaterThan(3);
  for (const example of examples)
    expect(readConfig(example, file, templates)).toMatchObject({ kind: "valid", findings: [] });
});

test("the hours of windows are those of the templates", () => {
  const told = text.replace(/ +/g, " ");
  for (const name of names) {
    const window = written(name).items.find(({ id }) => id === "window")?.window;
    if (window === undefined) continue;
    expect(told).toContain(`| \`${name}\` | ${[window.open].flat().join(", ")} |`);
  }
});
