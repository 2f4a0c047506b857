import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Heading, Image, Link } from "mdast";
import { keyOfFile } from "../../src/domain/config/extension.ts";
import { filesOf, type Standing } from "../../src/domain/config/layers.ts";
import { parseConfig } from "../../src/domain/config/parse.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { parseTargets } from "../../src/notify/targets.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { commandLinesIn, mistakeIn } from "./command-lines.ts";
import { codeOf, nodesOf, pages, textOf } from "./pages.ts";

/** As GitHub makes them from headings. */
const anchorOf = (heading: Heading) =>
  textOf(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

test("what the docs show as notification targets is right", () => {
  const shown = pages.flatMap((page) =>
    codeOf(page, "yaml").filter(({ value }) => value.includes("NOTIFICATION_TARGETS")),
  );
  expect(shown.length).toBeGreaterThan(1);
  for (const { value } of shown) {
    const parsed = parseTargets(value);
    expect(parsed.ok && [...parsed.value.keys()]).toEqual(["acme"]);
  }
});

test.each(pages)("every piece of YAML and JSON in %s is one that a test reads, and whole", (page) => {
  for (const { value, position } of codeOf(page, "yaml"))
    expect([position?.start.line, value]).toEqual([
      position?.start.line,
      expect.stringMatching(/^checklist:|NOTIFICATION_TARGETS/m),
    ]);
  for (const { value } of codeOf(page, "json")) expect(() => JSON.parse(value)).not.toThrow();
});

test("what the docs pin is the check by its name, and the app by its number", () => {
  const inputs = codeOf("docs/getting-started.md", "console").flatMap(({ value }) =>
    [...value.matchAll(/<<'JSON'\n(.*?)\nJSON$/gs)].map(([, json = ""]) => JSON.parse(json)),
  );
  const context = "Release checklist: main";
  expect(inputs).toMatchObject([
    { rules: [{ parameters: { required_status_checks: [{ context, integration_id: 123456 }] } }] },
    { checks: [{ context, app_id: 123456 }] },
  ]);
});

describe("every configuration in the docs is valid, without a warning", () => {
  const configurations = pages.flatMap((page) =>
    codeOf(page, "yaml")
      .filter(({ value }) => /^checklist:/m.test(value))
      .map(({ value, position }) => ({ place: `${page}:${position?.start.line}`, value })),
  );

  test("there are some", () => expect(configurations.length).toBeGreaterThan(15));

  /** The files that the docs extend stand in no repository: each would be the smallest one. */
  const extended = (text: string): Map<string, Standing> => {
    const parsed = parseConfig(text, "a.yml");
    const files = parsed.kind === "parsed" ? filesOf(parsed.raw) : [];
    return new Map(
      files.map((file) => {
        const read = readConfig("checklist: {}", keyOfFile(file), builtInTemplates());
        if (read.kind !== "valid") throw new Error("the smallest file is valid");
        return [keyOfFile(file), read.standing];
      }),
    );
  };

  test.each(configurations)("$place", ({ value }) => {
    const others = { extended: extended(value), organisation: null };
    expect(readConfig(value, ".github/release.yml", builtInTemplates(), others)).toMatchObject({
      kind: "valid",
      findings: [],
    });
  });
});

describe("every command line of ours in the docs parses", () => {
  const lines = pages.flatMap((page) =>
    nodesOf(page)
      .filter((node) => node.type === "code" || node.type === "inlineCode")
      // In the middle of a sentence our name may stand for the program.
      .filter((node) => (node.type === "code" ? node.lang === "console" : /^npx /.test(node.value)))
      .flatMap((node) => commandLinesIn(textOf(node)))
      .map((line) => ({ page, line })),
  );

  test("there are some", () => expect(lines.length).toBeGreaterThan(10));

  test.each(lines)("$page: $line", ({ line }) => expect(mistakeIn(line)).toBeNull());

  test("a mistake would be found", () => {
    expect(mistakeIn("preview --pr acme/shop#7 | jq -r .block # see")).toBeNull();
    expect(mistakeIn("validat")).toContain("unknown command");
    expect(mistakeIn("look acme/shop#7 --dryrun")).toContain("unknown option");
    expect(mistakeIn("look")).toContain("missing required argument");
    expect(commandLinesIn("$ GITHUB_TOKEN=x npx release-checklist init\nrelease-checklist: x")).toEqual([
      "init",
    ]);
  });
});

const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));

test("CONTRIBUTING.md explains every script, and no other", () => {
  const text = readFileSync("CONTRIBUTING.md", "utf8");
  const explained = [...text.matchAll(/^\| `npm (?:run )?([\w:]+)`/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(Object.keys(scripts).sort());
});

test.each(pages)("every script that %s names is there", (file) => {
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
    /\bnpm (?:run )?(start|test|(?<=run )[\w:]+)/g,
  )) {
    expect(scripts).toHaveProperty([name]);
  }
});

test.each(pages)("every link within the project in %s leads somewhere", (file) => {
  const links = nodesOf(file)
    .filter((node): node is Link | Image => node.type === "link" || node.type === "image")
    .map(({ url }) => url)
    .filter((url) => !/^[a-z]+:/.test(url));
  for (const link of links) {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    expect([link, existsSync(target)]).toEqual([link, true]);
    if (anchor === undefined) continue;
    const anchors = nodesOf(target)
      .filter((node): node is Heading => node.type === "heading")
      .map(anchorOf);
    expect([link, anchors.includes(anchor)]).toEqual([link, true]);
  }
});
