import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { CheckFacts, CheckRun } from "../../domain/checks/facts.ts";
import type { Read } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { type OwnRunFacts, ownRunOf } from "./own-run.ts";
import { readPages, uniqueById } from "./pages.ts";
import { listStatuses } from "./statuses.ts";
import { listSuites } from "./suites.ts";
import { together } from "./together.ts";
import { listWorkflowRuns } from "./workflow-runs.ts";

export interface CheckWants {
  /** Full SHA of the commit. */
  readonly sha: string;
  /** Our own runs stand in the same list. */
  readonly appId: number;
  /** Workflow runs are read only when an item names a workflow: they need `actions: read`. */
  readonly workflows: boolean;
}

export interface ChecksReading {
  readonly checks: Read<CheckFacts>;
  /** The app's own runs on that commit, out of the same answer, so that nobody asks twice. */
  readonly own: Read<readonly OwnRunFacts[]>;
}

type Listed = RestEndpointMethodTypes["checks"]["listForRef"]["response"]["data"]["check_runs"][number];

/** Everything that a `check` item may look at, read side by side. */
export const readChecks = async (
  octokit: Octokit,
  name: RepoName,
  wants: CheckWants,
): Promise<ChecksReading> => {
  const { sha, appId, workflows: wanted } = wants;
  const [listed, suites, statuses, workflows] = await Promise.all([
    attempt("the check runs of the head commit", () => listRuns(octokit, name, sha)),
    attempt("the check suites of the head commit", () => listSuites(octokit, name, sha)),
    attempt("the commit statuses of the head commit", () => listStatuses(octokit, name, sha)),
    attempt("the workflow runs of the head commit", async () =>
      wanted ? listWorkflowRuns(octokit, name, sha) : [],
    ),
  ]);
  const all = together([listed, suites, statuses, workflows]);
  return {
    checks: all.ok ? { ok: true, value: factsOf(all.value) } : all,
    own: listed.ok
      ? { ok: true, value: listed.value.filter(({ app }) => app?.id === appId).map(ownRunOf) }
      : listed,
  };
};

const factsOf = ([runs, suites, statuses, workflows]: readonly [
  readonly Listed[],
  CheckFacts["suites"],
  CheckFacts["statuses"],
  CheckFacts["workflows"],
]): CheckFacts => ({ runs: runs.map(runOf), suites, statuses, workflows });

/** `latest` is the newest run of each name in each check suite, which is what the rules for green ask for. */
const listRuns = async (octokit: Octokit, { owner, repo }: RepoName, sha: string): Promise<Listed[]> =>
  uniqueById(
    await readPages(
      (page) => octokit.rest.checks.listForRef({ owner, repo, ref: sha, filter: "latest", ...page }),
      (data) => data.check_runs,
    ),
  );

const runOf = (run: Listed): CheckRun => ({
  id: run.id,
  name: run.name,
  app: run.app?.slug ?? "",
  suite: run.check_suite?.id ?? 0,
  status: run.status,
  conclusion: run.conclusion,
  url: run.details_url ?? run.html_url ?? "",
});
