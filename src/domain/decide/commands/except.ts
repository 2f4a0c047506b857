import type { Saying } from "../../decision.ts";
import type { Exception } from "../../ledger.ts";
import type { Comment } from "../../snapshot.ts";
import { shortSha } from "../circumstances.ts";
import { type CommandOf, type Hearing, headOf, notDone, refusal, rightOf } from "./hearing.ts";

export function waive(
  hearing: Hearing,
  comment: Comment,
  { item, reason }: CommandOf<"waive">,
): Saying | null {
  const { checklist, collected } = hearing;
  const right = rightOf(hearing, comment, checklist.may.waive);
  if (right.may !== "yes") return refusal(right, `waive ${item}`);
  const outdated = outdatedIn(hearing, comment, `waive ${item}`);
  if (outdated !== null) return outdated;
  collected.waivers.set(item, exceptionOf(hearing, comment, reason));
  return null;
}

export function override(
  hearing: Hearing,
  comment: Comment,
  { reason }: CommandOf<"override">,
): Saying | null {
  const { checklist, collected } = hearing;
  const right = rightOf(hearing, comment, checklist.may.override);
  if (right.may !== "yes") return refusal(right, "override");
  const outdated = outdatedIn(hearing, comment, "override");
  if (outdated !== null) return outdated;
  collected.override = exceptionOf(hearing, comment, reason);
  return null;
}

/** It was not written for the present content, or nobody can tell that it was; null: it was. */
function outdatedIn(hearing: Hearing, comment: Comment, command: string): Saying | null {
  if (hearing.stage !== "gate") return null;
  const { sha } = hearing.snapshot.pull.head;
  const meant = headOf(hearing, comment);
  if (meant === sha || (meant !== null && isSameContent(hearing, meant))) return null;
  const now = shortSha(sha);
  const reason =
    meant === null
      ? `nobody can tell that it was meant for ${now}, which is the head now`
      : `when it was written, the head was ${shortSha(meant)}, and now it is ${now}`;
  return notDone(`\`/checklist ${command}\` was not done: ${reason}. Look at that, and write it again.`);
}

function isSameContent({ snapshot, needs }: Hearing, sha: string): boolean {
  const comparison = snapshot.comparisons.get(sha);
  if (comparison === undefined) needs.add({ kind: "comparison", sha });
  return comparison?.ok === true && comparison.value.sameTree;
}

function exceptionOf({ snapshot }: Hearing, { author, at }: Comment, reason: string): Exception {
  const { head, tree } = snapshot.pull;
  return { by: author.login, at, reason, sha: head.sha, tree };
}
