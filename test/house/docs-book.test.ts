import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import type { ListItem } from "mdast";
import { nodesOf, textOf } from "./pages.ts";

describe("docs/README.md", () => {
  const chapters = nodesOf("docs/README.md")
    .filter((node): node is ListItem => node.type === "listItem" && /^[^:]+: /.test(textOf(node)))
    .flatMap((item) => {
      const paragraph = item.children[0];
      const link = paragraph?.type === "paragraph" ? paragraph.children[0] : undefined;
      return link?.type === "link" && /^[\w-]+\.md$/.test(link.url)
        ? [{ title: textOf(link), page: link.url }]
        : [];
    });

  test("lists every page of the book once", () => {
    const pages = globSync("docs/*.md")
      .map((file) => basename(file))
      .filter((page) => page !== "README.md");
    expect(chapters.map(({ page }) => page).sort()).toEqual(pages.sort());
  });

  // The reference is written from the schema, and looked things up in rather than read.
  const read = chapters.filter(({ page }) => page !== "configuration-reference.md");

  test.each(read)("$page ends with the way to the next one", ({ page }) => {
    const next = read[read.findIndex((chapter) => chapter.page === page) + 1];
    const last = readFileSync(`docs/${page}`, "utf8").trimEnd().split("\n").at(-1);
    const way = next === undefined ? "" : ` · Next: [${next.title}](${next.page})`;
    expect(last).toBe(`[Contents](README.md)${way}`);
  });
});

describe("SECURITY.md", () => {
  test("explains every permission that app.yml asks for, and no other", () => {
    const manifest = load(readFileSync("app.yml", "utf8")) as { default_permissions: Record<string, string> };
    const asked = Object.entries(manifest.default_permissions).map(([name, right]) => `${name}: ${right}`);
    const explained = nodesOf("SECURITY.md").flatMap((node) => {
      const cell = node.type === "tableRow" ? node.children[0]?.children[0] : undefined;
      return cell?.type === "inlineCode" ? [cell.value] : [];
    });
    expect(explained).toEqual(asked);
  });
});

describe("docs/threat-model.md", () => {
  const sections = readFileSync("docs/threat-model.md", "utf8")
    .split(/^## /m)
    .map((text) => ({ title: text.split("\n", 1)[0] ?? "", text }))
    .filter(({ title }) => /^(The author|Somebody|Another|An administrator|Text|Secrets)/.test(title));

  test("goes through everybody, and through what must stay in", () => expect(sections).toHaveLength(8));

  test.each(sections)("$title: names the tests that show it", ({ text }) => {
    expect(text).toMatch(/\]\(\.\.\/test\/[\w/-]+\.test\.ts\)/);
  });
});
