import { describe, expect, test } from "@jest/globals";
import type { Checklist } from "../../src/domain/config/checklist.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { defaultReleaseRules } from "../../src/domain/release.ts";
import { builtInTemplates } from "../../src/templates.ts";

function valid(text: string, templates = builtInTemplates()): Checklist {
  const config = readConfig(text, ".github/release.yml", templates);
  if (config.kind !== "valid") throw new Error(JSON.stringify(config.findings, null, 2));
  return config.checklist;
}

const complete = `
changelog:
  categories: [{ title: Features, labels: [feature] }]
checklist:
  enforcement: evaluate
  release:
    - base: production
    - base: main
      head: ["release/**", "hotfix/**", "release-please--**", "changeset-release/**"]
    - base: main
      labels: [release]
  range: last-release
  may:
    override: ["role:admin", octocat]
    waive: ["@acme/leads"]
  request-signers: true
  groups:
    - { title: Validate on staging, expects: The candidate is fit for production }
    - { title: Go }
  items:
    - id: ci
      title: CI is green
      check: { workflow: ci.yml }
    - id: staging-e2e
      title: End-to-end tests pass on staging
      group: Validate on staging
      check: staging-e2e
    - id: unit
      title: Unit tests pass everywhere
      check: { name: "unit (*)", app: github-actions, accept: [success, skipped], by: [hubot] }
    - id: migrations
      title: Database migrations validated
      check: migration-validation
      when: { paths: ["**/migrations/**", "**/*.sql"], labels: risky, base: [main] }
    - id: changelog
      title: CHANGELOG is up to date
      changed: CHANGELOG.md
      required: false
    - id: rollback
      title: Rollback plan confirmed
      help: Write it down now, while the context is fresh.
      group: Go
      phase: before-merge
      questions: { code: How do we revert the code?, data: How do we revert the data? }
      signers: { from: ["@acme/sre", "role:maintain", octocat], not: [author, contributors], count: 2 }
      dismiss-stale: ["db/**"]
    - id: stakeholders
      title: Stakeholders notified
      notify:
        to: [stakeholders, "@acme/support"]
        post: when-ready
      signers: { from: octocat }
`;

test("a complete file means what it says", () => {
  expect(valid(complete)).toEqual({
    enforcement: "evaluate",
    release: [
      { base: ["production"] },
      { base: ["main"], head: ["release/**", "hotfix/**", "release-please--**", "changeset-release/**"] },
      { base: ["main"], labels: ["release"] },
    ],
    range: "last-release",
    may: {
      override: [
        { type: "role", role: "admin" },
        { type: "user", login: "octocat" },
      ],
      waive: [{ type: "team", org: "acme", slug: "leads" }],
    },
    requestSigners: true,
    freezeBase: false,
    groups: [
      { title: "Validate on staging", expects: "The candidate is fit for production" },
      { title: "Go" },
    ],
    items: [
      {
        id: "ci",
        title: "CI is green",
        required: true,
        kind: "check",
        check: { workflow: "ci.yml", accept: ["success"], by: [] },
      },
      {
        id: "staging-e2e",
        title: "End-to-end tests pass on staging",
        group: "Validate on staging",
        required: true,
        kind: "check",
        check: { name: "staging-e2e", accept: ["success"], by: [] },
      },
      {
        id: "unit",
        title: "Unit tests pass everywhere",
        required: true,
        kind: "check",
        check: { name: "unit (*)", app: "github-actions", accept: ["success", "skipped"], by: ["hubot"] },
      },
      {
        id: "migrations",
        title: "Database migrations validated",
        when: { paths: ["**/migrations/**", "**/*.sql"], labels: ["risky"], base: ["main"] },
        required: true,
        kind: "check",
        check: { name: "migration-validation", accept: ["success"], by: [] },
      },
      {
        id: "changelog",
        title: "CHANGELOG is up to date",
        required: false,
        kind: "changed",
        changed: ["CHANGELOG.md"],
      },
      {
        id: "rollback",
        title: "Rollback plan confirmed",
        help: "Write it down now, while the context is fresh.",
        group: "Go",
        required: true,
        kind: "manual",
        questions: [
          { id: "code", text: "How do we revert the code?" },
          { id: "data", text: "How do we revert the data?" },
        ],
        signers: {
          from: [
            { type: "team", org: "acme", slug: "sre" },
            { type: "role", role: "maintain" },
            { type: "user", login: "octocat" },
          ],
          not: ["author", "contributors"],
          count: 2,
        },
        dismissStale: ["db/**"],
      },
      {
        id: "stakeholders",
        title: "Stakeholders notified",
        required: true,
        kind: "notify",
        to: [
          { type: "target", name: "stakeholders" },
          { type: "mention", name: "@acme/support" },
        ],
        post: "when-ready",
        signers: { from: [{ type: "user", login: "octocat" }], not: [], count: 1 },
      },
    ],
  } satisfies Checklist);
});

describe("what is not written", () => {
  test("has these defaults", () => {
    const { items, ...rest } = valid("checklist: { items: [{ id: a, title: A }] }");
    expect(rest).toEqual({
      enforcement: "active",
      release: defaultReleaseRules,
      range: "auto",
      may: { override: [{ type: "role", role: "admin" }], waive: [{ type: "role", role: "admin" }] },
      requestSigners: false,
      freezeBase: false,
      groups: [],
    });
    expect(items).toEqual([
      {
        id: "a",
        title: "A",
        required: true,
        kind: "manual",
        questions: [],
        signers: { from: [{ type: "role", role: "write" }], not: [], count: 1 },
        dismissStale: "default",
      },
    ]);
  });

  test("who may waive are those who may override", () => {
    const { may } = valid('checklist: { items: [{ id: a, title: A }], may: { override: "@acme/leads" } }');
    expect(may.waive).toEqual([{ type: "team", org: "acme", slug: "leads" }]);
  });

  test("an announcement to nobody in particular is a comment, on a tick", () => {
    const [item] = valid("checklist: { items: [{ id: a, title: A, notify: {} }] }").items;
    expect(item).toMatchObject({ kind: "notify", to: [{ type: "comment" }], post: "on-tick" });
  });
});

describe("templates", () => {
  const ids = (checklist: Checklist) => checklist.items.map(({ id, kind }) => `${id}: ${kind}`);
  const item = (checklist: Checklist, id: string) => checklist.items.find((found) => found.id === id);

  test.each([
    "checklist:\n",
    "checklist: {}\n",
    "checklist: { extends: default }\n",
    "checklist: { range: base }\n",
  ])("without items the template default applies: %j", (text) => {
    expect(ids(valid(text))).toEqual([
      "ci: manual",
      "staging-e2e: manual",
      "migrations: manual",
      "acceptance: manual",
      "rollback: manual",
      "monitoring: manual",
      "stakeholders: notify",
    ]);
  });

  test("with items of its own a file starts from nothing", () => {
    expect(ids(valid("checklist: { items: [{ id: a, title: A }] }"))).toEqual(["a: manual"]);
  });

  test("checks fills slots, and a slot left open stays with people", () => {
    const checklist = valid(
      "checklist: { checks: { ci: { workflow: ci.yml }, migration-validation: dry-run } }",
    );
    expect(ids(checklist).slice(0, 3)).toEqual(["ci: check", "staging-e2e: manual", "migrations: check"]);
    expect(item(checklist, "ci")).toMatchObject({ check: { workflow: "ci.yml", accept: ["success"] } });
    expect(item(checklist, "migrations")).toMatchObject({
      check: { name: "dry-run" },
      when: { paths: expect.arrayContaining(["**/*.sql"]) },
    });
  });

  test("items merge by id: a key that is given replaces, others stay, new items come last", () => {
    const checklist = valid(`
checklist:
  extends: default
  items:
    - id: smoke
      title: Smoke tests walked through
    - id: rollback
      signers: { from: "@acme/sre" }
    - id: monitoring
      title: Dashboards are open
      required: false
    - id: acceptance
      remove: true
`);
    expect(ids(checklist)).toEqual([
      "ci: manual",
      "staging-e2e: manual",
      "migrations: manual",
      "rollback: manual",
      "monitoring: manual",
      "stakeholders: notify",
      "smoke: manual",
    ]);
    expect(item(checklist, "rollback")).toMatchObject({
      title: "Rollback plan confirmed",
      questions: [{ id: "code" }, { id: "data" }],
      signers: { from: [{ type: "team", org: "acme", slug: "sre" }] },
    });
    expect(item(checklist, "monitoring")).toMatchObject({ title: "Dashboards are open", required: false });
  });

  test("an item that gets another kind loses what only the old kind knew", () => {
    const checklist = valid(
      "checklist: { extends: default, items: [{ id: rollback, check: rollback-tried }] }",
    );
    const rollback = item(checklist, "rollback");
    expect(rollback).toMatchObject({ kind: "check", title: "Rollback plan confirmed" });
    expect(rollback).not.toHaveProperty("questions");
  });

  test("several templates: later ones lay themselves over earlier ones, groups are joined", () => {
    const templates = new Map([
      ["one", "description: One\ngroups: [{ title: G, expects: x }]\nitems: [{ id: a, title: A, group: G }]"],
      [
        "two",
        "description: Two\ngroups: [{ title: H }]\nitems: [{ id: b, title: B }, { id: a, title: A2, group: H }]",
      ],
    ]);
    const checklist = valid(
      "checklist: { extends: [one, two], groups: [{ title: G, expects: y }] }",
      templates,
    );
    expect(checklist.items.map(({ id, title, group }) => [id, title, group])).toEqual([
      ["a", "A2", "H"],
      ["b", "B", undefined],
    ]);
    expect(checklist.groups).toEqual([{ title: "G", expects: "y" }, { title: "H" }]);
  });

  test("what a template wants of people is dropped when its slot is filled", () => {
    const templates = new Map([
      ["t", "description: T\nitems: [{ id: a, title: A, check: { slot: s }, signers: { count: 2 } }]"],
    ]);
    expect(valid("checklist: { extends: t }", templates).items).toMatchObject([
      { kind: "manual", signers: { count: 2 } },
    ]);
    const [filled] = valid("checklist: { extends: t, checks: { s: e2e } }", templates).items;
    expect(filled).toMatchObject({ kind: "check", check: { name: "e2e" } });
    expect(filled).not.toHaveProperty("signers");
  });

  describe("a template's window, which has hours and no time zone", () => {
    const templates = new Map([
      ["t", 'description: T\nitems: [{ id: w, title: W, window: { open: "Tue 10:00-14:00", warn: Mon } }]'],
      ["later", 'description: L\nitems: [{ id: w, title: L, window: { open: "Wed" } }]'],
    ]);
    const window = (items: string, extended = "t") =>
      item(valid(`checklist: { extends: ${extended}, items: ${items} }`, templates), "w");

    test("is watched by people until it gets a time zone", () => {
      const left = valid("checklist: { extends: t }", templates).items[0];
      expect(left).toMatchObject({ kind: "manual", title: "W" });
      expect(left).not.toHaveProperty("window");
      expect(window("[{ id: w, signers: { count: 2 } }]")).toMatchObject({
        kind: "manual",
        signers: { count: 2 },
      });
    });

    test("keeps its hours when it gets one", () => {
      expect(
        window("[{ id: w, window: { timezone: Europe/Berlin, closed: [{ from: 2026-12-24 }] } }]"),
      ).toMatchObject({
        kind: "window",
        window: {
          timezone: "Europe/Berlin",
          open: [{ days: [2], from: 600, to: 840 }],
          warn: [{ days: [1] }],
          closed: [{ from: "2026-12-24" }],
        },
      });
    });

    test("takes other hours one key at a time, from the file or a later template", () => {
      const zoned = "[{ id: w, window: { timezone: UTC, open: Thu } }]";
      expect(window(zoned)).toMatchObject({ window: { open: [{ days: [4] }], warn: [{ days: [1] }] } });
      expect(window("[{ id: w, window: { timezone: UTC } }]", "[t, later]")).toMatchObject({
        title: "L",
        window: { open: [{ days: [3] }], warn: [{ days: [1] }] },
      });
    });

    test("is forgotten when the item becomes another kind", () => {
      expect(window("[{ id: w, check: approved }]")).toMatchObject({ kind: "check" });
    });
  });

  test("a broken template breaks the file that extends it, and not silently", () => {
    const templates = new Map([["t", "description: T\nitems: [{ id: a, titel: A }]"]]);
    expect(readConfig("checklist: { extends: t }", "release.yml", templates).findings).toMatchObject([
      {
        line: 1,
        column: 23,
        message: 'The template "t" is broken: items.0.titel: Unknown key "titel" (did you mean "title"?)',
      },
    ]);
  });
});
