import type { Actor } from "../../domain/actor.ts";
import type { Octokit } from "../../github/client.ts";
import { attempt } from "../../github/errors.ts";
import { actorOf, type RepoName } from "../../github/read/account.ts";
import type { Identity } from "../../github/read/identity.ts";

/** So many pull requests back, names of checks are looked for. */
const looked = 10;

/** What stood on the heads of the newest pull requests, and on the default branch. */
export interface Recent {
  readonly pulls: readonly RecentPull[];
  /** Names of check runs and commit statuses. */
  readonly names: ReadonlySet<string>;
  /** Apps that have made a check "Release checklist: …", newest first. */
  readonly apps: readonly Identity[];
  /** What could not be read; null: nothing. */
  readonly problem: string | null;
}

export interface RecentPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly author: Actor | null;
  readonly labels: readonly string[];
}

/** @see https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference */
export async function readRecent(octokit: Octokit, name: RepoName, branch: string): Promise<Recent> {
  const reading = await attempt("the newest pull requests and their checks", async () => {
    const { data: pulls } = await octokit.rest.pulls.list({
      ...name,
      state: "all",
      sort: "created",
      direction: "desc",
      per_page: looked,
    });
    const refs = [branch, ...pulls.map(({ head }) => head.sha)];
    const found = await Promise.all([...new Set(refs)].map((ref) => namesOn(octokit, name, ref)));
    return {
      pulls,
      runs: found.flatMap(({ runs }) => runs),
      statuses: found.flatMap(({ contexts }) => contexts),
    };
  });
  if (!reading.ok) return { pulls: [], names: new Set(), apps: [], problem: reading.problem.why };
  const { pulls, runs, statuses } = reading.value;
  const ours = runs.filter((run) => run.name.startsWith("Release checklist: "));
  const apps = new Map(
    ours.flatMap(({ app }) => (app?.slug === undefined ? [] : [[app.id, { id: app.id, slug: app.slug }]])),
  );
  return {
    pulls: pulls.map(({ number, head, base, user, labels }) => ({
      number,
      head: head.ref,
      base: base.ref,
      author: actorOf(user),
      labels: labels.map((label) => label.name),
    })),
    names: new Set([...runs.map((run) => run.name), ...statuses]),
    apps: [...apps.values()],
    problem: null,
  };
}

/** The first hundred of each: more than that tells nothing more about names. */
async function namesOn(octokit: Octokit, name: RepoName, ref: string) {
  const [checks, status] = await Promise.all([
    octokit.rest.checks.listForRef({ ...name, ref, per_page: 100 }),
    octokit.rest.repos.getCombinedStatusForRef({ ...name, ref, per_page: 100 }),
  ]);
  return {
    runs: checks.data.check_runs,
    contexts: status.data.statuses.map(({ context }) => context),
  };
}
