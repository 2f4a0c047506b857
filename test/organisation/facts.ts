import fc from "fast-check";
import type { Checklist } from "../../src/domain/config/checklist.ts";
import { lockedAlone } from "../../src/domain/config/read.ts";
import { decide } from "../../src/domain/decide/decide.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { EnvironmentFacts } from "../../src/domain/deployments/facts.ts";
import { emptyEntry, emptyLedger, type ItemEntry, type Ledger } from "../../src/domain/ledger.ts";
import {
  type Comment,
  type ConfigState,
  deploymentsKey,
  type Need,
  nothingRead,
  type Snapshot,
} from "../../src/domain/snapshot.ts";

export { lockedAlone };

/** A Tuesday. */
const now = Date.parse("2026-03-03T11:00:00Z");
const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString().replace(".000", "");
const head = "a".repeat(40);
const before = "b".repeat(40);
export const people = ["octocat", "bea", "root"] as const;
export const ids = ["a", "b", "c"] as const;
const read = <T>(value: T) => ({ ok: true, value }) as const;

/** Everything of a pull request that a checklist of these tests may look at. */
export const facts = fc.record({
  base: fc.constantFrom("main", "main", "production"),
  head: fc.constantFrom("feature", "release/1", "release/1"),
  labels: fc.subarray(["release", "risky"]),
  files: fc.subarray(["db/1.sql", "docs/a.md", "CHANGELOG.md"]),
  since: fc.subarray(["db/1.sql", "docs/a.md"]),
  assigned: fc.boolean(),
  runs: fc.record({
    e2e: fc.constantFrom("success", "skipped", "failure", null),
    lint: fc.constantFrom("success", "failure", null),
  }),
  deployed: fc.record({ staging: fc.boolean(), preview: fc.boolean() }),
  roles: fc.record({
    octocat: fc.constantFrom("write", "maintain", "admin", null),
    bea: fc.constantFrom("write", "maintain", "admin", null),
    root: fc.constantFrom("write", "admin"),
  } as const),
  sre: fc.subarray([...people]),
  contributors: fc.subarray([...people]),
  author: fc.constantFrom(...people),
  /** Signed by comment on this head. */
  comments: fc.array(
    fc.record({
      by: fc.constantFrom(...people),
      id: fc.constantFrom(...ids),
      what: fc.constantFrom(..."sign sign sign sign sign sign sign waive override".split(" ")),
      answers: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
  /** Signed on the commit before. */
  signed: fc.array(fc.record({ by: fc.constantFrom(...people), id: fc.constantFrom(...ids) }), {
    maxLength: 4,
  }),
});
export type Facts = typeof facts extends fc.Arbitrary<infer Value> ? Value : never;

const words = (comment: Facts["comments"][number]): string => {
  if (comment.what === "override") return "/checklist override the site is down";
  if (comment.what === "waive") return `/checklist waive ${comment.id} it does not apply`;
  return `/checklist sign ${comment.id}${comment.answers ? "\n1. By the old image\n2. Not at all" : ""}`;
};

const commentsOf = ({ comments }: Facts): Comment[] =>
  comments.map((comment, index) => ({
    id: index + 1,
    author: { login: comment.by, kind: "person" },
    body: words(comment),
    at: at(30 - index),
    edited: false,
    url: `https://github.com/acme/shop/pull/1#issuecomment-${index + 1}`,
  }));

function ledgerOf({ signed }: Facts): Ledger {
  const items: Record<string, ItemEntry> = {};
  for (const { by, id } of signed) {
    const entry = items[id] ?? emptyEntry;
    if (entry.signs.some((sign) => sign.by === by)) continue;
    const sign = { by, at: at(60), sha: before, tree: "before", via: "comment", doubts: [] } as const;
    items[id] = { ...entry, signs: [...entry.signs, sign], answers: answersAt(at(60)) };
  }
  return { ...emptyLedger(1), items, heads: [{ from: null, to: before, at: at(90) }] };
}

const answersAt = (time: string) => ({
  code: { text: "By the old image", hash: "", by: "octocat", at: time },
});

export function snapshotOf(facts: Facts, config: ConfigState): Snapshot {
  const author = { login: facts.author, kind: "person" } as const;
  return {
    app: { id: 7, slug: "release-checklist", version: "0.0.0" },
    repo: { owner: "acme", name: "shop", defaultBranch: "main" },
    pull: {
      number: 1,
      url: "https://github.com/acme/shop/pull/1",
      title: "Release",
      body: "",
      author,
      state: "open",
      merged: false,
      draft: false,
      createdAt: at(120),
      updatedAt: at(0),
      base: { ref: facts.base, sha: "c".repeat(40) },
      head: { ref: facts.head, sha: head, fork: false },
      tree: "now",
      pusher: author,
      labels: facts.labels,
      assignees: facts.assigned ? ["bea"] : [],
    },
    readAt: now,
    config,
    own: { current: null, stale: [], ledger: ledgerOf(facts), damaged: null },
    ask: { comments: true, history: false, announce: [] },
    edits: [],
    recent: [],
    written: [],
    pushes: [],
    explained: null,
    links: [],
    targets: new Set(["ops", "support"]),
    ...nothingRead,
  };
}

function satisfy(facts: Facts, snapshot: Snapshot, need: Need): Snapshot {
  switch (need.kind) {
    case "checks": {
      const runs = Object.entries(facts.runs).flatMap(([name, conclusion], index) =>
        conclusion === null
          ? []
          : [{ id: index + 1, name, app: "ci", suite: 1, status: "completed" as const, conclusion, url: "" }],
      );
      return { ...snapshot, checks: read({ runs, suites: [], statuses: [], workflows: [] }) };
    }
    case "files":
      return { ...snapshot, files: read({ paths: facts.files, complete: true }) };
    case "migrations": {
      const count = { destructive: 0, risky: 0, unparsed: 0 };
      return { ...snapshot, migrations: read({ risk: "none", files: [], count, wayBack: [] }) };
    }
    case "activity": {
      const moved = [
        { from: null, to: before, at: at(90) },
        { from: before, to: head, at: at(45) },
      ];
      return { ...snapshot, activity: read(moved) };
    }
    case "history":
      return { ...snapshot, history: read({ edits: [], complete: true }) };
    case "comments":
      return { ...snapshot, comments: read(commentsOf(facts)) };
    case "contributors":
      return { ...snapshot, contributors: read(facts.contributors) };
    case "person": {
      const login = need.actor.login.toLowerCase();
      const role = read(
        Object.hasOwn(facts.roles, login) ? facts.roles[login as keyof Facts["roles"]] : null,
      );
      const isIn = (team: string): boolean =>
        team.toLowerCase() === "acme/sre" && facts.sre.some((one) => one === login);
      const teams = new Map(need.teams.map((team) => [team.toLowerCase(), read(isIn(team))]));
      return {
        ...snapshot,
        people: new Map([...snapshot.people, [login, { actor: need.actor, role, teams }]]),
      };
    }
    case "team":
      return { ...snapshot, teams: new Map([...(snapshot.teams ?? []), [need.team, read(facts.sre)]]) };
    case "comparison": {
      const changes = { sameTree: false, commits: 1, removed: 0, paths: facts.since, complete: true };
      return { ...snapshot, comparisons: new Map([...snapshot.comparisons, [need.sha, read(changes)]]) };
    }
    case "deployments": {
      const isThere = facts.deployed[need.environment as keyof Facts["deployed"]];
      const creator = { login: "ci[bot]", kind: "bot" } as const;
      const newest = isThere ? { sha: head, state: "success" as const, creator, url: "", at: at(5) } : null;
      const there: readonly EnvironmentFacts[] = [{ environment: need.environment, newest, discounted: [] }];
      const known = read(there);
      return { ...snapshot, deployments: new Map([...snapshot.deployments, [deploymentsKey(need), known]]) };
    }
    case "range": {
      const files = { paths: facts.files, complete: true };
      const range = read({ start: { kind: "base" as const }, commits: [], total: 0, files });
      return { ...snapshot, range: { from: need.from, facts: range } };
    }
    case "scope":
      return { ...snapshot, scope: read({ broughtBy: new Map(), issues: [] }) };
    case "ready-releases":
      return { ...snapshot, readyReleases: read([]) };
    default:
      throw new Error(`these checklists need no ${need.kind}`);
  }
}

/** Whether it may be merged under this configuration. */
export function passes(facts: Facts, config: ConfigState): boolean {
  let snapshot = snapshotOf(facts, config);
  for (let round = 0; round < 20; round++) {
    const { decision, needs } = decide(snapshot, now);
    if (needs.length === 0) return isOpen(decision);
    snapshot = needs.reduce((current, need) => satisfy(facts, current, need), snapshot);
  }
  throw new Error("deciding needed more and more to be read");
}

function isOpen(decision: Decision): boolean {
  switch (decision.kind) {
    case "pass":
      return true;
    case "release":
      return decision.config.evaluate || decision.verdict.kind !== "blocked";
    default:
      return false;
  }
}

export const valid = (checklist: Checklist): ConfigState => ({
  kind: "valid",
  checklist,
  commit: "d".repeat(40),
  file: ".github/release.yml",
});
