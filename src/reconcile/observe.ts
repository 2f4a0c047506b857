import { readConfig as interpretConfig } from "../domain/config/read.ts";
import { checkName } from "../domain/decide/block-model.ts";
import type { AppIdentity, Need, OwnRuns, Rival, Snapshot } from "../domain/snapshot.ts";
import type { Octokit } from "../github/client.ts";
import { attempt } from "../github/errors.ts";
import type { RepoName } from "../github/read/account.ts";
import { type ChecksReading, readChecks } from "../github/read/checks.ts";
import { readComments } from "../github/read/comments.ts";
import { readComparison } from "../github/read/compare.ts";
import { type CommitOfFile, readConfig } from "../github/read/config.ts";
import { readContributors } from "../github/read/contributors.ts";
import { readFiles } from "../github/read/files.ts";
import { readHistory } from "../github/read/history.ts";
import type { Memo } from "../github/read/memo.ts";
import { readOwnRuns } from "../github/read/own-runs.ts";
import type { People } from "../github/read/people.ts";
import { type CommitFacts, readCommit, readPull } from "../github/read/pull.ts";
import type { Work } from "../queue/queue.ts";
import type { Remembered } from "./memory.ts";

export interface ObserveContext {
  readonly octokit: Octokit;
  readonly name: RepoName;
  readonly number: number;
  readonly app: AppIdentity;
  readonly templates: ReadonlyMap<string, string>;
  readonly targets: ReadonlySet<string>;
  readonly people: People;
  readonly commits: Memo<CommitFacts>;
  readonly commitOfFile: CommitOfFile;
}

/** The first part of an observation: what every look needs. */
export async function observe(
  context: ObserveContext,
  work: Work,
  remembered: Remembered,
): Promise<Snapshot> {
  const { octokit, name, number, app } = context;
  const { pull, repo } = await readPull(octokit, name, number, context.commits);
  const base = {
    app,
    repo,
    pull,
    edits: work.edits,
    written: remembered.written,
    targets: context.targets,
    checks: null,
    files: null,
    history: null,
    people: new Map(),
    comments: null,
    contributors: null,
    comparisons: new Map(),
    rival: null,
    ask: {
      comments:
        work.fresh ||
        work.why.some(
          (why) => why !== "pull_request.edited" && /comment|sweep|start|opened|requested/.test(why),
        ),
      history:
        remembered.historyAt === null ||
        (remembered.historyAt !== pull.updatedAt && /sweep/.test(work.why.join())),
      announce: work.pressed,
    },
  };
  if (pull.state === "closed") return { ...base, config: { kind: "none" }, own: noRuns };
  const [config, own] = await Promise.all([
    readConfig(
      octokit,
      repo,
      (source) => interpretConfig(source.text, source.file, context.templates),
      context.commitOfFile,
    ),
    readOwn(context, pull.head.sha, pull.base.ref, work),
  ]);
  return { ...base, config, own };
}

const noRuns: OwnRuns = { current: null, stale: [], ledger: null, damaged: null };

async function readOwn(
  { octokit, name, number, app }: ObserveContext,
  head: string,
  base: string,
  work: Work,
): Promise<OwnRuns> {
  const opened = work.why.length === 1 && work.why[0] === "pull_request.opened";
  const reading = await attempt("the app's own check runs", () =>
    readOwnRuns(octokit, name, {
      appId: app.id,
      pull: number,
      head,
      check: checkName(base),
      left: work.left,
      search: opened ? "never" : work.left.length > 0 || work.fresh ? "always" : "if-missing",
    }),
  );
  return reading.ok ? reading.value : { ...noRuns, damaged: reading.problem };
}

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

async function satisfyOne(
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
    case "history": {
      const history = await readHistory(octokit, name, number);
      return (current) => ({ ...current, history });
    }
    case "comments": {
      const comments = await readComments(octokit, name, number, null);
      return (current) => ({ ...current, comments });
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
    case "comparison": {
      const comparison = await compare(context, need.sha, { sha: pull.head.sha, tree: pull.tree });
      return (current) => ({
        ...current,
        comparisons: new Map([...current.comparisons, [need.sha, comparison]]),
      });
    }
    case "rival": {
      const rival = await readRival(context, snapshot, need.number);
      return (current) => ({ ...current, rival });
    }
  }
}

async function compare(
  { octokit, name, commits }: ObserveContext,
  sha: string,
  to: { sha: string; tree: string },
) {
  const commit = await attempt(`the commit ${sha.slice(0, 7)}`, () =>
    readCommit(octokit, name, sha, commits),
  );
  return commit.ok ? readComparison(octokit, name, { sha, tree: commit.value.tree }, to) : commit;
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
