import { describe, expect, test } from "@jest/globals";
import type { Item } from "../../src/domain/config/checklist.ts";
import { checklistOf, organisationFile, said, under } from "./files.ts";

/** One locked item, and what a repository says of it. */
function attempt(
  locked: string,
  own: string,
): { found: string[]; item: Item | undefined; asLocked: boolean } {
  const organisation = `checklist:\n  items:\n    - { id: it, title: The item, locked: true${locked === "" ? "" : `, ${locked}`} }\n    - { id: base, title: Base }\n`;
  const config = under(
    organisation,
    `checklist:\n  items:\n    - id: it\n      ${own}\n    - { id: own, title: Own }\n`,
  );
  const [item] = checklistOf(config).items.filter(({ id }) => id === "it");
  const [original] = checklistOf(
    under(organisation, "checklist:\n  items: [{ id: own, title: Own }]\n"),
  ).items;
  return { found: said(config), item, asLocked: JSON.stringify(item) === JSON.stringify(original) };
}

describe("an attempt to loosen a locked item is found at its line, and the locked form counts", () => {
  const attempts: readonly (readonly [string, string, string, string])[] = [
    ["remove", "", "remove: true", '4:7 error: This removes the item "it", locked by …: it must stay'],
    [
      "title",
      "",
      "title: Nothing",
      '4:7 error: This changes "title" of the item "it", locked by …: it must stay "The item"',
    ],
    [
      "help",
      "help: Look twice.",
      "help: Just tick it.",
      '4:7 error: This changes "help" of the item "it", locked by …: it must stay "Look twice."',
    ],
    [
      "required",
      "",
      "required: false",
      '4:7 error: This loosens "required" of the item "it", locked by …: it must stay true',
    ],
    [
      "when",
      "",
      "when: { labels: risky }",
      '4:7 error: This loosens "when" of the item "it", locked by …: it must apply always',
    ],
    [
      "when.labels",
      "when: { paths: [db/**] }",
      "when: { paths: [db/**], labels: risky }",
      '4:31 error: This loosens "when.labels" of the item "it", locked by …: it must not depend on "labels"',
    ],
    [
      "when.paths",
      "when: { paths: [db/**, '*.sql'] }",
      "when: { paths: [db/**] }",
      '4:15 error: This loosens "when.paths" of the item "it", locked by …: "paths" must keep "db/**", "*.sql"',
    ],
    [
      "when.paths with !",
      "when: { paths: [db/**] }",
      "when: { paths: [db/**, '!db/old/**'] }",
      '4:15 error: This loosens "when.paths" of the item "it", locked by …: "paths" must keep "db/**"',
    ],
    [
      "when.migrations",
      "when: { migrations: risky }",
      "when: { migrations: destructive }",
      '4:15 error: This loosens "when.migrations" of the item "it", locked by …: "migrations" must stay "risky"',
    ],
    [
      "signers.from",
      "signers: { from: '@acme/sre' }",
      "signers: { from: ['@acme/sre', octocat] }",
      '4:18 error: This loosens "signers.from" of the item "it", locked by …: only @acme/sre may sign',
    ],
    [
      "signers.from by a weaker role",
      "signers: { from: 'role:maintain' }",
      "signers: { from: 'role:write' }",
      '4:18 error: This loosens "signers.from" of the item "it", locked by …: only role:maintain may sign',
    ],
    [
      "signers.not",
      "signers: { not: author }",
      "signers: { from: 'role:admin' }",
      '4:7 error: This loosens "signers.not" of the item "it", locked by …: "not" must keep "author"',
    ],
    [
      "signers.count",
      "signers: { count: 2 }",
      "signers: { count: 1 }",
      '4:18 error: This loosens "signers.count" of the item "it", locked by …: at least 2 people must sign',
    ],
    [
      "questions",
      "questions: { code: How? }",
      "questions: { code: Fine? }",
      '4:20 error: This loosens "questions.code" of the item "it", locked by …: the question "code" must stay as it is',
    ],
    [
      "dismiss-stale",
      "dismiss-stale: true",
      "dismiss-stale: false",
      '4:7 error: This loosens "dismiss-stale" of the item "it", locked by …: it must stay true',
    ],
    [
      "dismiss-stale by paths",
      "dismiss-stale: [db/**]",
      "dismiss-stale: [docs/**]",
      '4:7 error: This loosens "dismiss-stale" of the item "it", locked by …: it must keep "db/**", or be true',
    ],
    [
      "dismiss-stale of bots",
      "",
      "dismiss-stale: false",
      '4:7 error: This loosens "dismiss-stale" of the item "it", locked by …: it must stay as it is by default, or be true',
    ],
    [
      "another kind",
      "",
      "check: always-green",
      '4:7 error: This loosens "check" of the item "it", locked by …: people must sign it',
    ],
    [
      "check",
      "check: e2e",
      "check: always-green",
      '4:14 error: This loosens "check.name" of the item "it", locked by …: "name" must stay "e2e"',
    ],
    [
      "check.app",
      "check: { name: e2e, app: github-actions }",
      "check: { name: e2e }",
      '4:7 error: This loosens "check.app" of the item "it", locked by …: "app" must stay "github-actions"',
    ],
    [
      "check.workflow",
      "check: { workflow: ci.yml }",
      "check: { workflow: ci.yml, name: lint }",
      '4:34 error: This loosens "check.name" of the item "it", locked by …: "name" must not be given',
    ],
    [
      "check.accept",
      "check: e2e",
      "check: { name: e2e, accept: [success, skipped] }",
      '4:27 error: This loosens "check.accept" of the item "it", locked by …: only "success" counts as green',
    ],
    [
      "check.by",
      "check: e2e",
      "check: { name: e2e, by: octocat }",
      '4:27 error: This loosens "check.by" of the item "it", locked by …: "by" must stay empty',
    ],
    [
      "changed",
      "changed: CHANGELOG.md",
      "changed: ['**']",
      '4:7 error: This loosens "changed" of the item "it", locked by …: only "CHANGELOG.md" may be named',
    ],
    [
      "deployment",
      "deployment: { environment: staging }",
      "deployment: { environment: preview }",
      '4:21 error: This loosens "deployment.environment" of the item "it", locked by …: "environment" must stay "staging"',
    ],
    [
      "deployment.ignore",
      "deployment: { environment: staging }",
      "deployment: { environment: staging, ignore: '**' }",
      '4:43 error: This loosens "deployment.ignore" of the item "it", locked by …: "ignore" must stay empty',
    ],
    [
      "deployment.by",
      "deployment: { environment: staging }",
      "deployment: { environment: staging, by: bob }",
      '4:43 error: This loosens "deployment.by" of the item "it", locked by …: "by" must stay empty',
    ],
    [
      "window.open",
      "window: { timezone: UTC, open: Tue-Thu 10:00-14:00 }",
      "window: { timezone: UTC, open: Mon-Fri }",
      '4:32 error: This loosens "window.open" of the item "it", locked by …: it must not be open at other times',
    ],
    [
      "window.warn",
      "window: { timezone: UTC, open: Tue-Thu }",
      "window: { timezone: UTC, warn: Mon }",
      '4:32 error: This loosens "window.warn" of the item "it", locked by …: it must not be open at other times',
    ],
    [
      "window.timezone",
      "window: { timezone: UTC, open: Tue-Thu }",
      "window: { timezone: Asia/Tokyo }",
      '4:17 error: This loosens "window.timezone" of the item "it", locked by …: "timezone" must stay "UTC"',
    ],
    [
      "phase",
      "",
      "phase: after-deploy",
      '4:7 error: This loosens "phase" of the item "it", locked by …: it must stay "before-merge"',
    ],
    [
      "wait",
      "phase: after-deploy, wait: 1h",
      "wait: 10m",
      '4:13 error: This loosens "wait.for" of the item "it", locked by …: it must not be shorter',
    ],
    [
      "tag",
      "phase: after-deploy, tag: 'v*'",
      "tag: '*'",
      '4:7 error: This loosens "tag" of the item "it", locked by …: only "v*" may be named',
    ],
    [
      "a published release",
      "phase: after-deploy, release: 'v*'",
      "release: '*'",
      '4:7 error: This loosens "release" of the item "it", locked by …: only "v*" may be named',
    ],
    [
      "notify.to",
      "notify: { to: [stakeholders] }",
      "notify: { to: [nobody] }",
      '4:17 error: This loosens "notify.to" of the item "it", locked by …: "to" must keep "stakeholders"',
    ],
    [
      "notify.post",
      "notify: { to: [stakeholders] }",
      "notify: { to: [stakeholders], post: when-ready }",
      '4:37 error: This loosens "notify.post" of the item "it", locked by …: "post" must stay "on-tick"',
    ],
    [
      "signers of an announcement",
      "notify: {}, signers: { from: octocat }",
      "signers: { from: 'role:write' }",
      '4:18 error: This loosens "signers.from" of the item "it", locked by …: only octocat may sign',
    ],
  ];
  test.each(attempts)("%s", (_, locked, own, expected) => {
    const { found, asLocked } = attempt(locked, own);
    expect(found.join("\n").replace(`locked by ${organisationFile}`, "locked by …")).toBe(expected);
    expect(asLocked).toBe(true);
  });
});
