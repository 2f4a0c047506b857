import { globSync, readFileSync } from "node:fs";
import type { Code, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Everything that users and contributors read, from the root of the project. */
export const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...globSync("docs/**/*.md"),
];

/** Every node of a page, parents before children. */
export const nodesOf = (file: string): Nodes[] => {
  const collect = (node: Nodes): Nodes[] => [
    node,
    ...("children" in node ? node.children.flatMap(collect) : []),
  ];
  const text = readFileSync(file, "utf8");
  return collect(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
};

export const codeOf = (file: string, lang: string) =>
  nodesOf(file).filter((node): node is Code => node.type === "code" && node.lang === lang);

export const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";
