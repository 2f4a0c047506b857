import type { RestEndpointMethodTypes } from "@octokit/rest";
import { counts } from "../../domain/deployments/counts.ts";
import { isEnvironmentGlob, namesEnvironment } from "../../domain/deployments/environment.ts";
import {
  type Deployment,
  type DeploymentState,
  deploymentStates,
  type EnvironmentFacts,
} from "../../domain/deployments/facts.ts";
import { type Read, unreadable } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import { actorOf, type RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** So many deployments and statuses are looked through for one that counts. */
const looked = 30;
/** A glob over more environments than these is a mistake rather than a wish. */
const mostEnvironments = 20;

export interface DeploymentWants {
  /** A name, or a glob. */
  readonly environment: string;
  /** Logins that count beside apps. */
  readonly by: readonly string[];
}

type Listed = RestEndpointMethodTypes["repos"]["listDeployments"]["response"]["data"][number];

/** The newest deployment that counts, of each environment that the name speaks of. */
export const readDeployments = async (
  octokit: Octokit,
  name: RepoName,
  { environment, by }: DeploymentWants,
): Promise<Read<readonly EnvironmentFacts[]>> => {
  const what = `the deployments to ${environment}`;
  const found = await attempt(what, async () =>
    isEnvironmentGlob(environment) ? matching(octokit, name, environment) : [environment],
  );
  if (!found.ok) return found;
  if (found.value.length > mostEnvironments)
    return unreadable(what, `more than ${mostEnvironments} environments match: write a narrower pattern`);
  return attempt(what, () => Promise.all(found.value.map((one) => readEnvironment(octokit, name, one, by))));
};

const matching = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  pattern: string,
): Promise<readonly string[]> => {
  const names = await readPages(
    (page) => octokit.rest.repos.getAllEnvironments({ owner, repo, ...page }),
    (data) => data.environments ?? [],
  );
  return names
    .map((environment) => environment.name)
    .filter((environment) => namesEnvironment(pattern, environment));
};

const readEnvironment = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  environment: string,
  by: readonly string[],
): Promise<EnvironmentFacts> => {
  const { data } = await octokit.rest.repos.listDeployments({ owner, repo, environment, per_page: looked });
  // Ids grow with time, while the order of the list is not documented.
  const newestFirst = data.toSorted((a, b) => b.id - a.id);
  const at = newestFirst.findIndex(({ creator }) => counts(actorOf(creator), by));
  const newest = newestFirst[at];
  const others = newestFirst.slice(0, newest === undefined ? undefined : at);
  return {
    environment,
    newest: newest === undefined ? null : await readDeployment(octokit, { owner, repo }, newest, by),
    discounted: others.map(({ creator }) => actorOf(creator)),
  };
};

const readDeployment = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { id, sha, created_at: at, creator }: Listed,
  by: readonly string[],
): Promise<Deployment> => {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    owner,
    repo,
    deployment_id: id,
    per_page: looked,
  });
  const status = data
    .toSorted((a, b) => b.id - a.id)
    .find((candidate) => counts(actorOf(candidate.creator), by));
  return {
    sha,
    at,
    creator: actorOf(creator),
    state: status === undefined ? null : stateOf(status.state),
    ...(status === undefined ? {} : { reportedAt: status.created_at }),
    url: status?.log_url || status?.target_url || "",
  };
};

const stateOf = (state: string): DeploymentState =>
  deploymentStates.find((known) => known === state) ?? "error";
