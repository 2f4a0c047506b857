import { createHash } from "node:crypto";
import type { Actor } from "../../domain/actor.ts";
import type { Checklist } from "../../domain/config/checklist.ts";
import { decide } from "../../domain/decide/decide.ts";
import type { Decision } from "../../domain/decision.ts";
import { deploymentsKey, type Need, nothingRead, type Snapshot } from "../../domain/snapshot.ts";
import { version } from "../../version.ts";
import type { ConfigFile } from "../config-file.ts";
import type { Scene } from "./scene.ts";

/** Who would open it. */
const author: Actor = { login: "octocat", kind: "person" };

/** Something that looks like a commit, and is another one for every text. */
export const shaOf = (text: string): string => createHash("sha1").update(text).digest("hex");

/** What would be read of a pull request on which nothing has happened yet. */
function inventSnapshot(scene: Scene, config: ConfigFile, checklist: Checklist, now: number): Snapshot {
  const at = new Date(now).toISOString();
  return {
    app: { id: 0, slug: "release-checklist", version },
    repo: { owner: "acme", name: "shop", defaultBranch: scene.defaultBranch },
    pull: {
      number: 1,
      url: "https://github.com/acme/shop/pull/1",
      title: scene.title,
      body: "",
      author,
      state: "open",
      merged: false,
      draft: false,
      createdAt: at,
      updatedAt: at,
      base: { ref: scene.base, sha: shaOf("base") },
      head: { ref: scene.head, sha: shaOf("head"), fork: false },
      tree: shaOf("tree"),
      pusher: author,
      labels: scene.labels,
      assignees: [],
    },
    readAt: now,
    config: { kind: "valid", checklist, commit: shaOf(config.text), file: config.file },
    own: { current: null, stale: [], ledger: null, damaged: null },
    ask: { comments: false, history: false, announce: [] },
    edits: [],
    recent: [],
    written: [],
    pushes: [],
    explained: null,
    links: [],
    targets: new Set(
      checklist.items.flatMap((item) =>
        item.kind === "notify" ? item.to.flatMap((to) => (to.type === "target" ? [to.name] : [])) : [],
      ),
    ),
    ...nothingRead,
  };
}

const read = <T>(value: T) => ({ ok: true, value }) as const;

/** Nothing has happened, everything is allowed, and what the scene changes is all there is. */
function satisfy(snapshot: Snapshot, need: Need, { paths }: Scene): Snapshot {
  switch (need.kind) {
    case "checks":
      return { ...snapshot, checks: read({ runs: [], suites: [], statuses: [], workflows: [] }) };
    case "files":
      return { ...snapshot, files: read({ paths, complete: true }) };
    case "migrations": {
      const count = { destructive: 0, risky: 0, unparsed: 0 };
      return { ...snapshot, migrations: read({ risk: "destructive", files: [], count, wayBack: [] }) };
    }
    case "history":
      return { ...snapshot, history: read({ edits: [], complete: true }) };
    case "activity":
      return { ...snapshot, activity: read([]) };
    case "comments":
      return { ...snapshot, comments: read([]) };
    case "contributors":
      return { ...snapshot, contributors: read([author.login]) };
    case "person": {
      const teams = new Map(need.teams.map((team) => [team.toLowerCase(), read(true)]));
      const person = { actor: need.actor, role: read("admin" as const), teams };
      return { ...snapshot, people: new Map([...snapshot.people, [need.actor.login.toLowerCase(), person]]) };
    }
    case "team": {
      const members = read(["somebody"]);
      return { ...snapshot, teams: new Map([...(snapshot.teams ?? []), [need.team, members]]) };
    }
    case "comparison": {
      const none = read({ sameTree: true, commits: 0, removed: 0, paths: [], complete: true });
      return { ...snapshot, comparisons: new Map([...snapshot.comparisons, [need.sha, none]]) };
    }
    case "deployments": {
      const none = read([{ environment: need.environment, newest: null, discounted: [] }]);
      return { ...snapshot, deployments: new Map([...snapshot.deployments, [deploymentsKey(need), none]]) };
    }
    case "range": {
      const facts = read({
        start: { kind: "base" as const },
        commits: [],
        total: 0,
        files: { paths, complete: true },
      });
      return { ...snapshot, range: { from: need.from, facts } };
    }
    case "scope":
      return { ...snapshot, scope: read({ broughtBy: new Map(), issues: [] }) };
    case "ready-releases":
      return { ...snapshot, readyReleases: read([]) };
    case "required":
      return { ...snapshot, required: true };
    // Nothing was merged, and there is one pull request only.
    case "tags":
    case "releases":
    case "rival":
      throw new Error(`a new pull request needs no ${need.kind}`);
  }
}

/** More rounds would mean that deciding never ends. */
const rounds = 10;

/** The decision about a pull request that is only imagined. */
export function decideInvented(
  scene: Scene,
  config: ConfigFile,
  checklist: Checklist,
  now: number,
): { readonly snapshot: Snapshot; readonly decision: Decision } {
  let snapshot = inventSnapshot(scene, config, checklist, now);
  for (let round = 0; round < rounds; round++) {
    const { decision, needs } = decide(snapshot, now);
    if (needs.length === 0) return { snapshot, decision };
    snapshot = needs.reduce((current, need) => satisfy(current, need, scene), snapshot);
  }
  throw new Error("deciding needed more and more to be read");
}
