import { actorOf } from "../github/read/account.ts";
import type { ChecksPayload, Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, type Hint, hint, ignored } from "./result.ts";

export const onCheckRun = (payload: Payload, why: string, appId: number): Affected => {
  const { action = "", check_run: run, requested_action: button, sender } = payload;
  const own = run?.app?.id === appId;
  const asked = action === "rerequested" || action === "requested_action";
  if (own && !asked) return ignored("own-check");
  const presser = button?.identifier === "announce" ? actorOf(sender) : null;
  return pullsOf(payload, run, hint(why, { fresh: asked, pressed: presser ? [presser] : [] }));
};

/** A new suite holds no runs yet and says nothing; the last run's end is told by `completed`. */
export const onCheckSuite = (payload: Payload, why: string, appId: number): Affected => {
  const { action = "", check_suite: suite } = payload;
  if (action === "requested") return ignored("changes-nothing");
  if (suite?.app?.id === appId && action !== "rerequested") return ignored("own-check");
  return pullsOf(payload, suite, hint(why, { fresh: action === "rerequested" }));
};

/** A run that has begun is as little green as one that was requested. */
export const onWorkflowRun = (payload: Payload, why: string): Affected =>
  payload.action === "in_progress"
    ? ignored("changes-nothing")
    : pullsOf(payload, payload.workflow_run, hint(why));

export const onStatus = ({ repository, sha }: Payload, why: string): Affected =>
  repository && sha
    ? { kind: "commit", repo: repoOf(repository), sha, hint: hint(why) }
    : ignored("incomplete");

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
