import { newestStatuses } from "./actions/statuses.ts";
import { bypasses } from "./bypass.ts";
import type { Account, CheckRun, MergeQueueRule, Repo, RequiredCheck, Ruleset } from "./model.ts";

/** What protects a branch, and whether the checks it requires are there. */

const quote = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

function patternMatches(pattern: string, branch: string): boolean {
  const source = quote(pattern).replaceAll("**", "\0").replaceAll("*", "[^/]*").replaceAll("\0", ".*");
  return new RegExp(`^${source}$`).test(branch);
}

export function rulesetApplies(ruleset: Ruleset, repo: Repo, branch: string): boolean {
  return ruleset.branches.some((pattern) => {
    if (pattern === "~ALL") return true;
    if (pattern === "~DEFAULT_BRANCH") return branch === repo.defaultBranch;
    return patternMatches(pattern.replace(/^refs\/heads\//, ""), branch);
  });
}

export const activeRulesets = (repo: Repo, branch: string): Ruleset[] =>
  repo.rulesets.filter(
    (ruleset) => ruleset.enforcement === "active" && rulesetApplies(ruleset, repo, branch),
  );

/** Classic protection may be written for a pattern too; the exact name comes first. */
export function protectionOf(repo: Repo, branch: string) {
  const exact = repo.protections.get(branch);
  if (exact) return exact;
  for (const [pattern, protection] of repo.protections) {
    if (patternMatches(pattern, branch)) return protection;
  }
  return undefined;
}

export const mergeQueueOf = (repo: Repo, branch: string): MergeQueueRule | undefined =>
  activeRulesets(repo, branch).find((ruleset) => ruleset.mergeQueue)?.mergeQueue;

export function requiredChecks(repo: Repo, branch: string, except?: Account): RequiredCheck[] {
  const protection = protectionOf(repo, branch);
  const rulesets = activeRulesets(repo, branch).filter((one) => !except || !bypasses(one, repo, except));
  return [...(protection?.requiredChecks ?? []), ...rulesets.flatMap((ruleset) => ruleset.requiredChecks)];
}

export type CheckState = "satisfied" | "expected" | "pending" | "failed";

const PASSING = new Set(["success", "neutral", "skipped"]);

const ofRun = (run: CheckRun): CheckState =>
  run.status !== "completed" ? "pending" : PASSING.has(run.conclusion ?? "") ? "satisfied" : "failed";

/** The newest-created run of the name decides, and a commit status of the name beside it; nothing at all is "expected". */
export function checkState(repo: Repo, sha: string, required: RequiredCheck): CheckState {
  let newest: CheckRun | undefined;
  for (const run of repo.checkRunsBySha.get(sha) ?? []) {
    if (run.name !== required.name || (required.appId !== null && run.app.id !== required.appId)) continue;
    if (!newest || newest.id < run.id) newest = run;
  }
  const status = newestStatuses(repo, sha).find(
    ({ context, app }) =>
      context === required.name && (required.appId === null || app?.id === required.appId),
  );
  const states: CheckState[] = newest ? [ofRun(newest)] : [];
  if (status) {
    states.push(status.state === "success" ? "satisfied" : status.state === "pending" ? "pending" : "failed");
  }
  if (states.length === 0) return "expected";
  return (
    states.find((state) => state === "failed") ?? states.find((state) => state === "pending") ?? "satisfied"
  );
}

const words: Record<CheckState, string> = {
  satisfied: "passed",
  expected: "Expected",
  pending: "in progress",
  failed: "failing",
};

/** Why the required checks keep a commit from being merged, one line each. */
export function missingChecks(repo: Repo, branch: string, sha: string, except?: Account): string[] {
  const reasons: string[] = [];
  for (const required of requiredChecks(repo, branch, except)) {
    const state = checkState(repo, sha, required);
    if (state !== "satisfied") reasons.push(`Required status check "${required.name}" is ${words[state]}.`);
  }
  return reasons;
}
