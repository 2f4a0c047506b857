import { describe, expect, test } from "@jest/globals";
import type { Checklist, Item } from "../../src/domain/config/checklist.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { checklistOf, organisationFile, said, standing, under } from "./files.ts";

const short = (found: readonly string[]): string => found.join("\n").replaceAll(organisationFile, "…");

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
    expect(short(found)).toBe(expected);
    expect(asLocked).toBe(true);
  });
});

/** What a repository writes on top, under an organisation's file with one item. */
function onTop(locks: string, own: string): { found: string; checklist: Checklist } {
  const organisation = `checklist:\n  ${locks.replaceAll("\n", "\n  ")}\n  items: [{ id: it, title: It }]\n`;
  const config = under(organisation, `checklist:\n  ${own}\n  items: [{ id: own, title: Own }]\n`);
  return { found: short(said(config)), checklist: checklistOf(config) };
}

describe("an attempt to loosen a locked key is found at its line, and the locked form counts", () => {
  const attempts: readonly (readonly [string, string, string, string, Partial<Checklist>])[] = [
    [
      "enforcement",
      "locked: enforcement",
      "enforcement: evaluate",
      '2:3 error: This loosens "enforcement", locked by …: it must stay "active"',
      { enforcement: "active" },
    ],
    [
      "range",
      "locked: range\nrange: last-release",
      "range: base",
      '2:3 error: This loosens "range", locked by …: it must stay "last-release"',
      { range: "last-release" },
    ],
    [
      "may.override",
      'locked: may\nmay: { override: "@acme/leads" }',
      "may: { override: octocat }",
      '2:10 error: This loosens "may.override", locked by …: only @acme/leads may do that',
      {
        may: {
          override: [{ type: "team", org: "acme", slug: "leads" }],
          waive: [{ type: "team", org: "acme", slug: "leads" }],
        },
      },
    ],
    [
      "may.waive",
      "locked: may",
      'may: { waive: "role:write" }',
      '2:10 error: This loosens "may.waive", locked by …: only role:admin may do that',
      { may: { override: [{ type: "role", role: "admin" }], waive: [{ type: "role", role: "admin" }] } },
    ],
    [
      "request-signers",
      "locked: true\nrequest-signers: true",
      "request-signers: false",
      '2:3 error: This loosens "request-signers", locked by …: it must stay true',
      { requestSigners: true },
    ],
    [
      "freeze-base",
      "locked: [freeze-base]\nfreeze-base: true",
      "freeze-base: false",
      '2:3 error: This loosens "freeze-base", locked by …: it must stay true',
      { freezeBase: true },
    ],
    [
      "release: the rules of both count",
      "locked: { except: items }\nrelease: [{ base: main }]",
      "release: [{ base: nowhere }]",
      "2:3 warning: These rules come beside those that … locks, and replace none of them",
      { release: [{ base: ["main"] }, { base: ["nowhere"] }] },
    ],
  ];
  test.each(attempts)("%s", (_, locks, own, expected, counts) => {
    const { found, checklist } = onTop(locks, own);
    expect(found).toBe(expected);
    expect(checklist).toMatchObject(counts);
  });

  test.each([
    ["enforcement: active"],
    ["may: { override: [root, '@acme/LEADS'] }"],
    ["may: { waive: 'role:admin' }"],
    ["freeze-base: true"],
    ["release: [{ base: production }, { base: main }]"],
  ])("what is as strict is taken: %s", (own) => {
    const locks =
      "locked: [enforcement, may, freeze-base, release]\nmay: { override: ['@acme/leads', root], waive: 'role:maintain' }\nrelease: [{ base: main }]";
    expect(onTop(locks, own).found).toBe("");
  });

  test.each(["enforcement: evaluate", "may: { override: 'role:write' }", "range: base"])(
    "one locked item is enough for %s, which would switch it off",
    (own) => {
      const organisation = "checklist:\n  items: [{ id: it, title: It, locked: true }]\n";
      expect(said(under(organisation, `checklist:\n  ${own}\n`))).toHaveLength(1);
      const free = organisation.replace(
        "  items",
        "  locked: { except: [enforcement, may, range, items] }\n  items",
      );
      expect(said(under(free, `checklist:\n  ${own}\n`))).toEqual([]);
    },
  );
});

describe("slots of templates", () => {
  const organisation = (lock: string) => `checklist:
  extends: default
  checks: { staging-e2e: e2e }
  items:
    - { id: ci, locked: ${lock} }
    - { id: staging-e2e, locked: ${lock} }
`;
  const own = `checklist:
  extends: default
  checks:
    ci: lint
    staging-e2e: { name: e2e, accept: [success, skipped] }
`;

  test("filling the slot of a locked item loosens it", () => {
    const config = under(organisation("true"), own);
    expect(short(said(config)).split("\n")).toEqual([
      '4:5 error: This loosens "check" of the item "ci", locked by …: people must sign it',
      '5:31 error: This loosens "check.accept" of the item "staging-e2e", locked by …: only "success" counts as green',
    ]);
    const [ci, e2e] = checklistOf(config).items;
    expect(ci).toMatchObject({ id: "ci", kind: "manual" });
    expect(e2e).toMatchObject({ id: "staging-e2e", check: { name: "e2e", accept: ["success"] } });
  });

  test("unless the check is left free", () => {
    const config = under(organisation("{ except: check }"), own);
    expect(said(config)).toEqual([]);
    expect(checklistOf(config).items[0]).toMatchObject({ id: "ci", kind: "check", check: { name: "lint" } });
  });
});

describe("a repository that extends", () => {
  const organisation = `checklist:
  items:
    - { id: it, title: The item, signers: { count: 2 }, locked: true }
    - { id: more, title: More }
`;

  test("the organisation's file may change what is not locked, and nothing else", () => {
    const config = under(
      organisation,
      `checklist:
  extends: [hotfix, "acme/.github:.github/release.yml"]
  items:
    - { id: more, remove: true }
    - { id: it, signers: { count: 1 } }
`,
    );
    expect(short(said(config))).toBe(
      '5:28 error: This loosens "signers.count" of the item "it", locked by …: at least 2 people must sign',
    );
    expect(checklistOf(config).items.map(({ id }) => id)).not.toContain("more");
  });

  test("another file that loosens is told, and changes nothing", () => {
    const other = standing(
      "checklist: { items: [{ id: it, title: The item, required: false, locked: true }] }",
      "acme/a:b.yml",
    );
    const config = readConfig("checklist: { extends: acme/a:b.yml }", ".github/release.yml", new Map(), {
      extended: new Map([["acme/a:b.yml", other]]),
      organisation: standing(organisation),
    });
    expect(short(said(config))).toBe(
      '1:14 warning: What is extended here says otherwise of "required" of the item "it", locked by …: the locked form counts',
    );
    expect(checklistOf(config).items).toMatchObject([{ id: "it", required: true, signers: { count: 2 } }]);
  });

  test("any file that is extended locks what it says", () => {
    const other = standing("checklist: { items: [{ id: own, title: Own, locked: true }] }", "acme/a:b.yml");
    const config = readConfig(
      "checklist:\n  extends: acme/a:b.yml\n  items: [{ id: own, required: false }]\n",
      ".github/release.yml",
      new Map(),
      { extended: new Map([["acme/a:b.yml", other]]), organisation: null },
    );
    expect(said(config)).toEqual([
      '3:22 error: This loosens "required" of the item "own", locked by acme/a:b.yml: it must stay true',
    ]);
  });
});

test("closed days of the organisation hold beside those of a repository", () => {
  const config = under(
    `checklist:
  items:
    - id: window
      title: Window
      window: { timezone: UTC, closed: [{ from: 2026-12-20, through: 2027-01-03 }] }
      locked: true
`,
    `checklist:
  items:
    - { id: window, window: { timezone: UTC, closed: [{ from: 2026-05-01 }] } }
`,
  );
  expect(said(config)).toEqual([]);
  expect(checklistOf(config).items).toMatchObject([
    { window: { closed: [{ from: "2026-05-01" }, { from: "2026-12-20", through: "2027-01-03" }] } },
  ]);
});

test("what is left free may become anything", () => {
  const config = under(
    `checklist:
  items:
    - { id: it, title: It, signers: { from: octocat }, locked: { except: [signers, title, when, required] } }
`,
    `checklist:
  items:
    - { id: it, title: Other, required: false, when: { labels: a }, signers: { from: "role:write" } }
`,
  );
  expect(said(config)).toEqual([]);
});
