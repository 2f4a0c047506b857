import type { Mention } from "../../domain/config/around/mentions.ts";
import type { SeenChecks, Surroundings } from "../../domain/config/around/surroundings.ts";
import { matcher } from "../../domain/glob.ts";
import type { Read } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt, orAbsent } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** On the heads of so many pull requests checks are looked for, newest first. */
const pullsLookedAt = 10;

/** Each costs a request, and anybody can open a pull request that names thousands. Nobody has so many release teams. */
const mostTeams = 30;

export interface SurroundingsWants {
  readonly mentions: readonly Mention[];
  /** The commit whose workflow files count: a SHA or a branch, here and of the base. */
  readonly head: string;
  readonly base: { readonly ref: string; readonly sha: string };
  /** The app, whose own runs do not count; null: not known, and they are told by their names. */
  readonly appId: number | null;
}

/** Asks GitHub for everything that a configuration names, and for nothing else. */
export const readSurroundings = async (
  octokit: Octokit,
  name: RepoName,
  { mentions, head, base, appId }: SurroundingsWants,
): Promise<Omit<Surroundings, "targets">> => {
  const named = (kind: Mention["kind"]): string[] => [
    ...new Set(mentions.flatMap((mention) => (mention.kind === kind ? [mention.name] : []))),
  ];
  const wanted = named("check");
  const [teams, environments, workflows, checks] = await Promise.all([
    Promise.all(
      named("team")
        .slice(0, mostTeams)
        .map(async (team) => [team, await readTeam(octokit, team)] as const),
    ),
    named("environment").length === 0 ? null : readEnvironments(octokit, name),
    named("workflow").length === 0 ? null : readWorkflows(octokit, name, head),
    wanted.length === 0 ? null : readSeenChecks(octokit, name, wanted, base, appId),
  ]);
  return { owner: name.owner, teams: new Map(teams), environments, workflows, checks };
};

const readTeam = (octokit: Octokit, team: string): Promise<Read<boolean>> => {
  const [org = "", slug = ""] = team.split("/");
  return attempt(
    `the team @${team}`,
    async () => (await orAbsent(() => octokit.rest.teams.getByName({ org, team_slug: slug }))) !== null,
  );
};

const readEnvironments = (octokit: Octokit, { owner, repo }: RepoName): Promise<Read<readonly string[]>> =>
  attempt("the environments", async () => {
    const listed = await readPages(
      (page) => octokit.rest.repos.getAllEnvironments({ owner, repo, ...page }),
      (data) => data.environments ?? [],
    );
    return listed.map((environment) => environment.name);
  });

/** GitHub lists at most a thousand files of a directory, which is more than anybody has workflows. */
const readWorkflows = (
  octokit: Octokit,
  { owner, repo }: RepoName,
  ref: string,
): Promise<Read<readonly string[]>> =>
  attempt("the workflow files", async () => {
    const answer = await orAbsent(() =>
      octokit.rest.repos.getContent({ owner, repo, path: ".github/workflows", ref }),
    );
    return Array.isArray(answer?.data) ? answer.data.map((file) => file.name) : [];
  });

/** The base alone where it has them all: the heads of pull requests cost two requests each. */
const readSeenChecks = (
  octokit: Octokit,
  name: RepoName,
  wanted: readonly string[],
  base: { readonly ref: string; readonly sha: string },
  appId: number | null,
): Promise<Read<SeenChecks>> =>
  attempt("the checks of the last pull requests", async () => {
    const names = new Set(await namesOn(octokit, name, base.sha, appId));
    const all = wanted.every((one) => [...names].some(matcher([one], "name")));
    if (all) return { names, pulls: 0, base: base.ref };
    const { data } = await octokit.rest.pulls.list({
      ...name,
      state: "all",
      sort: "created",
      direction: "desc",
      per_page: pullsLookedAt,
    });
    const heads = [...new Set(data.map(({ head }) => head.sha))];
    const seen = await Promise.all(heads.map((sha) => namesOn(octokit, name, sha, appId)));
    return { names: new Set([...names, ...seen.flat()]), pulls: data.length, base: base.ref };
  });

/** Names of check runs and statuses on a commit, but for the app's own. A commit that is gone has none. */
const namesOn = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  ref: string,
  appId: number | null,
): Promise<string[]> => {
  const [runs, statuses] = await Promise.all([
    readPages(
      (page) => octokit.rest.checks.listForRef({ owner, repo, ref, filter: "latest", ...page }),
      (data) => data.check_runs,
    ).catch(ifGone),
    octokit.rest.repos
      .listCommitStatusesForRef({ owner, repo, ref, per_page: 100 })
      .then(({ data }) => data)
      .catch(ifGone),
  ]);
  return [
    ...runs
      .filter(({ app, name }) => (appId === null ? !isOwnName(name) : app?.id !== appId))
      .map((run) => run.name),
    ...statuses.map(({ context }) => context),
  ];
};

const isOwnName = (name: string): boolean => /^Release checklist(?:: | config$)/.test(name);

const ifGone = (error: unknown): never[] => {
  if (error instanceof Error && "status" in error && (error.status === 404 || error.status === 422))
    return [];
  throw error;
};
