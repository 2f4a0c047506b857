import type { Read } from "../domain/problem.ts";
import type { Contents } from "../domain/scope/contents.ts";
import type { ScopeIssue, ScopePull } from "../domain/scope/facts.ts";
import { cut, inert } from "./inert.ts";

const linesShown = 60;
const titleLimit = 80;
const issuesShown = 3;

/** What is in the release, for the check: whoever verifies it need not collect it. Markdown. */
export function renderScope(contents: Read<Contents> | null): string {
  if (contents === null) return "";
  const heading = "### In this release\n\n";
  if (!contents.ok)
    return `${heading}What is in it cannot be listed: ${inert(contents.problem.what)} cannot be read: ${inert(contents.problem.why)}`;
  const { value } = contents;
  const lines = [
    ...value.pulls.map(pullLine),
    ...value.direct.map(
      ({ sha, headline }) => `\`${sha.slice(0, 7)}\` ${title(headline)} ⚠ without a pull request of its own`,
    ),
  ];
  const more = lines.length - linesShown;
  return [
    `${heading}${start(value)}: ${counts(value)}.${ownIssues(value)}`,
    ...(value.tooMuch.length === 0
      ? []
      : [
          `⚠ Much at once: ${value.tooMuch.join(", ")}. Smaller releases are easier to verify and to take back.`,
        ]),
    [
      ...lines.slice(0, linesShown).map((line) => `- ${line}`),
      ...(more > 0 ? [`- … and ${more} more`] : []),
      ...(value.unlisted > 0
        ? [`- … and ${plural(value.unlisted, "older commit")} that GitHub does not list`]
        : []),
    ].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function start({ start: from }: Contents): string {
  switch (from.kind) {
    case "base":
      return "Since it left the base";
    case "release":
      return `Since ${inert(from.tag)}`;
    case "no-release":
      return "There is no release yet; since it left the base";
  }
}

function counts({ commits, pulls, issues, files }: Contents): string {
  const all = new Set([...pulls.flatMap((pull) => pull.issues), ...issues].map(({ url }) => url));
  return [
    plural(commits, "commit"),
    plural(pulls.length, "pull request"),
    plural(all.size, "issue"),
    ...(files === null ? [] : [plural(files, "file")]),
  ].join(", ");
}

const pullLine = ({ issues, ...pull }: ScopePull): string =>
  `${link(pull)} ${title(pull.title)}${issues.length === 0 ? " ⚠ without an issue" : `, for ${listed(issues)}`}`;

const ownIssues = ({ issues }: Contents): string =>
  issues.length === 0 ? "" : ` This pull request closes ${listed(issues)}.`;

function listed(issues: readonly ScopeIssue[]): string {
  const shown = issues.slice(0, issuesShown).map((issue) => `${link(issue)} ${title(issue.title)}`);
  const more = issues.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` (and ${more} more)` : ""}`;
}

/** GitHub's own address, which ends with the number. */
const link = ({ number, url }: { readonly number: number; readonly url: string }): string =>
  /^https?:\/\/[^\s()<>]+$/.test(url) ? `[#${number}](${url})` : `\`#${number}\``;

const title = (text: string): string => inert(cut(text, titleLimit));

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
