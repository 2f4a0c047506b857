import { checkName } from "../../domain/decide/block-model.ts";
import { freezing, isRelease } from "../../domain/decide/freeze.ts";
import {
  deploymentsKey,
  type FollowFacts,
  type Need,
  type Rival,
  type Snapshot,
} from "../../domain/snapshot.ts";
import { attempt } from "../../github/errors.ts";
import { readActivity } from "../../github/read/activity.ts";
import { type ChecksReading, readChecks } from "../../github/read/checks.ts";
import { readComments } from "../../github/read/comments.ts";
import { readComparison } from "../../github/read/compare.ts";
import { readContributors } from "../../github/read/contributors.ts";
import { readDeployments } from "../../github/read/deployments.ts";
import { readFiles } from "../../github/read/files.ts";
import { readHistory } from "../../github/read/history.ts";
import { readMigrations } from "../../github/read/migrations.ts";
import { readPublished, readTags } from "../../github/read/published.ts";
import { readCommit, readPull } from "../../github/read/pull.ts";
import { readRange } from "../../github/read/range.ts";
import { readReadyReleases } from "../../github/read/ready-releases.ts";
import { readScope } from "../../github/read/scope.ts";
import type { ObserveContext } from "./context.ts";

/** Reads what a decision named as missing, side by side. */
export async function satisfy(
  context: ObserveContext,
  snapshot: Snapshot,
  needs: readonly Need[],
  fresh: boolean,
): Promise<Snapshot> {
  const changes = await Promise.all(needs.map((need) => satisfyOne(context, snapshot, need, fresh)));
  return changes.reduce((current, change) => change(current), snapshot);
}

type Change = (snapshot: Snapshot) => Snapshot;

export async function satisfyOne(
  context: ObserveContext,
  snapshot: Snapshot,
  need: Need,
  fresh: boolean,
): Promise<Change> {
  const { octokit, name, number, app } = context;
  const { pull } = snapshot;
  switch (need.kind) {
    case "checks": {
      const reading: ChecksReading = await readChecks(octokit, name, {
        sha: pull.head.sha,
        appId: app.id,
        workflows: need.workflows,
      });
      return (current) => ({ ...current, checks: reading.checks });
    }
    case "files": {
      const files = await readFiles(octokit, name, number);
      return (current) => ({ ...current, files });
    }
    case "migrations": {
      const migrations = await readMigrations(octokit, name, pull.head.sha, need.paths);
      return (current) => ({ ...current, migrations });
    }
    case "history": {
      const history = await (snapshot.follow === undefined
        ? readHistory(octokit, name, number)
        : readHistory(octokit, name, snapshot.follow.issue, "issue"));
      return (current) => ({ ...current, history });
    }
    case "comments": {
      const comments = await readComments(octokit, name, snapshot.follow?.issue ?? number, null);
      return (current) => ({ ...current, comments });
    }
    case "activity": {
      const activity = await readActivity(octokit, name, pull);
      return (current) => ({ ...current, activity });
    }
    case "contributors": {
      const contributors = await readContributors(octokit, name, pull);
      return (current) => ({ ...current, contributors });
    }
    case "person": {
      const { actor, teams } = need;
      const login = actor.login.toLowerCase();
      const person = await context.people.read(octokit, name, { actor, teams, fresh });
      return (current) => {
        const known = current.people.get(login);
        const merged =
          known === undefined ? person : { ...person, teams: new Map([...known.teams, ...person.teams]) };
        return { ...current, people: new Map([...current.people, [login, merged]]) };
      };
    }
    case "team": {
      const members = await context.people.members(octokit, name, need.team, fresh);
      return (current) => ({ ...current, teams: new Map([...(current.teams ?? []), [need.team, members]]) });
    }
    case "comparison": {
      const comparison = await compare(context, need.sha, { sha: pull.head.sha, tree: pull.tree });
      return (current) => ({
        ...current,
        comparisons: new Map([...current.comparisons, [need.sha, comparison]]),
      });
    }
    case "deployments": {
      const deployments = await readDeployments(octokit, name, need);
      return (current) => ({
        ...current,
        deployments: new Map([...current.deployments, [deploymentsKey(need), deployments]]),
      });
    }
    case "range": {
      const { from } = need;
      const facts = await readRange(octokit, name, pull, from);
      return (current) => ({ ...current, range: { from, facts }, scope: null });
    }
    case "scope": {
      const commits = snapshot.range?.facts.ok ? snapshot.range.facts.value.commits : [];
      const scope = await readScope(octokit, name, number, commits);
      return (current) => ({ ...current, scope });
    }
    case "ready-releases": {
      const { config, repo } = snapshot;
      const checklist = freezing(config);
      const readyReleases = await readReadyReleases(octokit, name, {
        appId: app.id,
        base: pull.base.ref,
        check: checkName(pull.base.ref),
        isRelease: ({ head, labels }) =>
          checklist !== null &&
          isRelease(checklist, { base: pull.base, head: { ...pull.head, ref: head.ref }, labels }, repo),
      });
      return (current) => ({ ...current, readyReleases });
    }
    case "tags": {
      const tags = await readTags(octokit, name);
      return (current) => following(current, { tags });
    }
    case "releases": {
      const releases = await readPublished(octokit, name);
      return (current) => following(current, { releases });
    }
    case "required": {
      const wants = { branch: pull.base.ref, check: checkName(pull.base.ref), appId: app.id };
      const required = await context.required.read(octokit, name, wants);
      return (current) => ({ ...current, required });
    }
    case "rival": {
      const rival = await readRival(context, snapshot, need.number);
      return (current) => ({ ...current, rival });
    }
  }
}

const following = (snapshot: Snapshot, change: Partial<FollowFacts>): Snapshot =>
  snapshot.follow === undefined ? snapshot : { ...snapshot, follow: { ...snapshot.follow, ...change } };

export async function compare(
  { octokit, name, commits, comparisons }: ObserveContext,
  sha: string,
  to: { sha: string; tree: string },
) {
  const commit = await attempt(`the commit ${sha.slice(0, 7)}`, () =>
    readCommit(octokit, name, sha, commits),
  );
  return commit.ok
    ? readComparison(octokit, name, { sha, tree: commit.value.tree }, to, comparisons)
    : commit;
}

async function readRival(context: ObserveContext, { pull, own }: Snapshot, number: number): Promise<Rival> {
  const reading = await attempt("the other pull request of this commit", () =>
    readPull(context.octokit, context.name, number, context.commits),
  );
  if (!reading.ok) return { number, alive: false, release: false, fork: false };
  const other = reading.value.pull;
  const same = other.head.sha === pull.head.sha && other.base.ref === pull.base.ref;
  const release = own.current !== null && own.current.title !== "Not a release pull request";
  return { number, alive: other.state === "open" && same, release, fork: other.head.fork };
}
