import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { CORE_SCHEMA, load } from "js-yaml";
import { fromMarkdown } from "mdast-util-from-markdown";
import { documents } from "../../schema/documents.ts";
import { schemaAddress } from "../../src/schema-address.ts";
import { builtInTemplates } from "../../src/templates.ts";

const schemaOf = (name: string) => JSON.parse(readFileSync(`schema/${name}.schema.json`, "utf8"));
const ajv = new Ajv({ allErrors: true });
const release = ajv.compile(schemaOf("release"));
const template = ajv.compile(schemaOf("template"));
const yaml = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

test.each([...documents()])("%s is fresh: npm run schema writes nothing else", (path, text) => {
  expect(readFileSync(path, "utf8")).toBe(text);
});

test.each([...builtInTemplates()])("the template %s is accepted", (_name, text) => {
  template(yaml(text));
  expect(template.errors).toBeNull();
});

test("editors are led to the file that is published, by the page as by what init writes", () => {
  const published = new URL(schemaAddress).pathname.split("/main/").at(-1);
  expect([...documents().keys()]).toContain(published);
  expect(readFileSync("docs/configuration.md", "utf8")).toContain(
    `# yaml-language-server: $schema=${schemaAddress}\n`,
  );
});

const snippets = ["README.md", ...globSync("docs/**/*.md")].flatMap((file) =>
  fromMarkdown(readFileSync(file, "utf8")).children.flatMap((node) =>
    node.type === "code" && node.lang === "yaml" && /^checklist:/m.test(node.value)
      ? [{ where: `${file}:${node.position?.start.line}`, text: node.value }]
      : [],
  ),
);

test("the pages show configurations", () => expect(snippets.length).toBeGreaterThan(20));

test.each(snippets)("the configuration of $where is accepted", ({ text }) => {
  release(yaml(text));
  expect(release.errors).toBeNull();
});

describe("what is accepted besides", () => {
  test.each([
    ["a file with nothing of ours", "changelog: {}"],
    ["everything by default", "checklist:"],
    [
      "GitHub's own part",
      `changelog:
  exclude: { labels: [internal], authors: [octocat] }
  categories:
    - { title: Features, labels: [feature], exclude: { labels: [chore] } }
    - { title: Other, labels: ["*"] }
checklist: {}`,
    ],
  ])("%s", (_what, text) => {
    release(yaml(text));
    expect(release.errors).toBeNull();
  });
});

const item = (rest: string) => `checklist: { items: [{ id: a, title: A, ${rest} }] }`;

describe("what is refused", () => {
  test.each([
    ["an unknown key", "checklist: { itms: [] }", "/checklist must NOT have additional properties"],
    ["an unknown key of an item", item("titel: A"), "/checklist/items/0 must NOT have additional properties"],
    ["a wrong type", "checklist: { items: {} }", "/checklist/items must be array"],
    [
      "a wrong word",
      "checklist: { enforcement: activ }",
      "/checklist/enforcement must be equal to one of the allowed values",
    ],
    [
      "an item without an id",
      "checklist: { items: [{ title: A }] }",
      "/checklist/items/0 must have required property 'id'",
    ],
    [
      "an id that is none",
      "checklist: { items: [{ id: A b, title: A }] }",
      "/checklist/items/0/id must match pattern",
    ],
    [
      "a question's id that is none",
      item("questions: { A b: How? }"),
      "/checklist/items/0/questions must match pattern",
    ],
    ["an empty list", "checklist: { items: [] }", "/checklist/items must NOT have fewer than 1 items"],
    ["a number for a text", item("help: 1"), "/checklist/items/0/help must be string"],
    [
      "a number out of bounds",
      item("signers: { count: 0 }"),
      "/checklist/items/0/signers/count must be >= 1",
    ],
    [
      "a window without a time zone",
      item("window: { open: Mon }"),
      "/checklist/items/0/window must have required property 'timezone'",
    ],
    [
      "a rule without a key",
      "checklist: { release: [{}] }",
      "/checklist/release/0 must NOT have fewer than 1 properties",
    ],
    [
      "a condition without a key",
      item("when: {}"),
      "/checklist/items/0/when must NOT have fewer than 1 properties",
    ],
    [
      "a wrong type in GitHub's part",
      "changelog: { categories: [{ title: A, labels: a }] }",
      "/changelog/categories/0/labels must be array",
    ],
  ])("%s", (_what, text, message) => {
    release(yaml(text));
    const found = (release.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    expect(found.join("\n")).toContain(message);
  });
});
