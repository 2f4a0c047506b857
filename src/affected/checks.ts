import type { CheckUpdate } from "../domain/checks/update.ts";
import { actorOf } from "../github/read/account.ts";
import { updateFromRun, updateFromStatus, updateFromSuite, updateFromWorkflow } from "./check-update.ts";
import type { ChecksPayload, Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, type Hint, hint, ignored } from "./result.ts";

export const onCheckRun = (payload: Payload, why: string, appId: number): Affected => {
  const { action = "", check_run: run, requested_action: button, sender } = payload;
  const own = run?.app?.id === appId;
  const asked = action === "rerequested" || action === "requested_action";
  if (own && !asked) return ignored("own-check");
  const presser = button?.identifier === "announce" ? actorOf(sender) : null;
  const parts = asked
    ? { fresh: true, pressed: presser ? [presser] : [] }
    : telling(run, updateFromRun(payload));
  return pullsOf(payload, run, hint(why, parts));
};

/** A new suite holds no runs yet and says nothing; the last run's end is told by `completed`. */
export const onCheckSuite = (payload: Payload, why: string, appId: number): Affected => {
  const { action = "", check_suite: suite } = payload;
  if (action === "requested") return ignored("changes-nothing");
  if (suite?.app?.id === appId && action !== "rerequested") return ignored("own-check");
  const parts = action === "rerequested" ? { fresh: true } : telling(suite, updateFromSuite(payload));
  return pullsOf(payload, suite, hint(why, parts));
};

/** A run that has begun is as little green as one that was requested. */
export const onWorkflowRun = (payload: Payload, why: string): Affected =>
  payload.action === "in_progress"
    ? ignored("changes-nothing")
    : pullsOf(
        payload,
        payload.workflow_run,
        hint(why, telling(payload.workflow_run, updateFromWorkflow(payload))),
      );

export const onStatus = (payload: Payload, why: string): Affected => {
  const { repository, sha } = payload;
  if (!repository || !sha) return ignored("incomplete");
  const parts = telling({ head_sha: sha }, updateFromStatus(payload));
  return { kind: "commit", repo: repoOf(repository), sha, hint: hint(why, parts) };
};

/** A payload that does not say enough is a reason to read everything. */
const telling = (checks: ChecksPayload | undefined, update: CheckUpdate | null): Partial<Hint> =>
  update !== null && checks?.head_sha ? { told: { sha: checks.head_sha, update } } : { fresh: true };

/**
 * GitHub links pull requests to checks by branch: none for a fork, and of other repositories too. Those linked count
 * when they are this repository's and still at this commit; else the commit decides.
 */
const pullsOf = ({ repository }: Payload, checks: ChecksPayload | undefined, given: Hint): Affected => {
  if (!repository || !checks?.head_sha) return ignored("incomplete");
  const repo = repoOf(repository);
  const sha = checks.head_sha;
  const numbers = (checks.pull_requests ?? [])
    .filter((pull) => pull !== null)
    .filter(({ head, base }) => head?.sha === sha && base?.repo?.id === repository.id)
    .map(({ number }) => number);
  return numbers.length > 0
    ? { kind: "pulls", repo, numbers, hint: given }
    : { kind: "commit", repo, sha, hint: given };
};
