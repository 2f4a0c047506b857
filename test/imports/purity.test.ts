import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parseSync } from "@swc/core";

/** What depends on the moment, the machine or the process. `Date` itself is fine with an argument. */
const worldly = new Set([
  ...["process", "globalThis", "global", "require", "console", "performance", "fetch", "navigator"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "crypto", "Temporal"],
]);

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const nameOf = (value: unknown) => (isNode(value) && value.type === "Identifier" ? value.value : undefined);

/** What in a source file asks the clock, chance, the environment or the machine. */
function worldlyUses(source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if (isNode(value)) check(value);
      for (const [field, child] of Object.entries(value)) {
        // The name after the dot, a field's name and an imported name are no use of the global.
        const isName =
          (field === "property" || field === "key" || field === "imported") && nameOf(child) !== undefined;
        if (!isName) visit(child);
      }
    }
  };
  const check = (node: Node): void => {
    const name = nameOf(node);
    if (typeof name === "string" && worldly.has(name)) found.push(name);
    if (node.type === "MemberExpression") {
      const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
      if (member === "Date.now" || member === "Math.random") found.push(member);
    }
    const given = node.arguments;
    if (
      node.type === "NewExpression" &&
      nameOf(node.callee) === "Date" &&
      (!Array.isArray(given) || given.length === 0)
    )
      found.push("new Date()");
    if (node.type === "CallExpression" && nameOf(node.callee) === "Date") found.push("Date()");
  };
  visit(parseSync(source, { syntax: "typescript", target: "es2024" }));
  return found;
}

const files = globSync("src/{domain,render}/**/*.ts").sort();

test("there are files to look at", () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)("%s asks neither clock, chance nor environment", (file) => {
  expect(worldlyUses(readFileSync(file, "utf8"))).toEqual([]);
});

describe("the check itself", () => {
  test.each([
    ["const t = Date.now();", ["Date.now"]],
    ["const t = new Date();", ["new Date()"]],
    ["const t = new Date;", ["new Date()"]],
    ["const t = Date();", ["Date()"]],
    ["const t = () => [Math.random()];", ["Math.random"]],
    ["const { HOME } = process.env;", ["process"]],
    ["const h = process['env'];", ["process"]],
    ["const now = globalThis.Date;", ["globalThis"]],
    ["setTimeout(() => {}, 1);", ["setTimeout"]],
    ["class A { at = performance.now(); }", ["performance"]],
    ["const id = crypto.randomUUID();", ["crypto"]],
  ])("finds %s", (source, uses) => {
    expect(worldlyUses(source)).toEqual(uses);
  });

  test.each([
    "const t = new Date(0);",
    "const t = Date.parse('2026-01-01');",
    "const x = item.process + item.fetch();",
    "interface A { readonly process: string }",
    "const x = { console: 1 };",
  ])("lets %s pass", (source) => {
    expect(worldlyUses(source)).toEqual([]);
  });
});
