import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { createMemo } from "./memo.ts";
import { readPages } from "./pages.ts";

/** Whether a rule lets nothing into a branch without a check of the app. */
export interface Required {
  /** What cannot be read counts as required: a check too many passes, one too few blocks for ever. */
  read(octokit: Octokit, name: RepoName, wants: RequiredWants): Promise<boolean>;
}

export interface RequiredWants {
  readonly branch: string;
  /** Name of the check. */
  readonly check: string;
  readonly appId: number;
}

/** No event that the app is told of says that rules have changed. */
const longest = 10 * 60_000;
const kept = 5_000;

/** @param now Milliseconds since the epoch. */
export const createRequired = (now: () => number): Required => {
  const memo = createMemo<{ readonly value: boolean; readonly at: number }>(kept);
  return {
    async read(octokit, name, wants) {
      const key = `${name.owner}/${name.repo}@${wants.branch}`;
      const known = memo.get(key);
      if (known !== undefined && now() - known.at < longest) return known.value;
      const at = now();
      const answers = await Promise.all([
        attempt("the rules of the branch", () => byRuleset(octokit, name, wants)),
        attempt("the protection of the branch", () => byProtection(octokit, name, wants)),
      ]);
      const value = answers.some((answer) => !answer.ok || answer.value);
      if (answers.every(({ ok }) => ok)) memo.set(key, { value, at });
      return value;
    },
  };
};

/** Rules of the repository, its organisation and its enterprise; classic protection is not among them. */
const byRuleset = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { branch, check, appId }: RequiredWants,
): Promise<boolean> => {
  const rules = await readPages(
    (page) => octokit.rest.repos.getBranchRules({ owner, repo, branch, ...page }),
    (data) => data,
  );
  return rules.some(
    (rule) =>
      rule.type === "required_status_checks" &&
      rule.parameters?.required_status_checks.some(({ context, integration_id: pinned }) =>
        isOurs(context, pinned, check, appId),
      ),
  );
};

/** The protection itself is for admins only; the branch tells which checks it requires. */
const byProtection = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { branch, check, appId }: RequiredWants,
): Promise<boolean> => {
  const { data } = await octokit.rest.repos.getBranch({ owner, repo, branch });
  const wanted = data.protection?.required_status_checks;
  if (wanted === undefined) return false;
  const pinned = wanted.checks ?? [];
  return (
    pinned.some(({ context, app_id: app }) => isOurs(context, app, check, appId)) ||
    (wanted.contexts ?? []).some(
      (context) => context === check && !pinned.some((one) => one.context === context),
    )
  );
};

/** A rule that wants the check from another app is none that this app could satisfy. -1 is "any app" in older protections. */
const isOurs = (context: string, pinned: number | null | undefined, check: string, appId: number): boolean =>
  context === check && (pinned == null || pinned < 0 || pinned === appId);
