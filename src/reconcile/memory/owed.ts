import type { Decision, Reply } from "../../domain/decision.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { CreateComment, React } from "../../domain/write.ts";
import { renderReply, renderRequest, replyMarker, requestMarker } from "../../render/comments.ts";

/** A comment is answered once, in the look that handles it; what then could not be written is owed. */
export type Owed = CreateComment | React;

/** What is owed from before, and what this decision adds: one answer of a kind for each comment, the newest. */
export function owedAfter(before: readonly Owed[], decision: Decision, snapshot: Snapshot): readonly Owed[] {
  if (decision.kind !== "release") return before;
  const pull = snapshot.pull.number;
  const replies = owedReplies(decision.replies, pull, (reply) => renderReply(reply, decision));
  const request = renderRequest(decision, snapshot);
  const asking: Owed[] =
    request === null
      ? []
      : [{ kind: "create-comment", pull, marker: requestMarker(snapshot), body: request }];
  const all = [...before, ...replies, ...asking];
  return [...new Map(all.map((write) => [keyOf(write), write])).values()];
}

/** @param where Number of the pull request or issue. @param render Null: the reaction says it all. */
export const owedReplies = (
  replies: readonly Reply[],
  where: number,
  render: (reply: Reply) => string | null,
): readonly Owed[] =>
  replies.flatMap((reply): Owed[] => {
    const body = render(reply);
    const reaction: React = { kind: "react", comment: reply.comment, reaction: reply.reaction };
    const comment: Owed[] =
      body === null
        ? []
        : [{ kind: "create-comment", pull: where, marker: replyMarker(reply.comment), body }];
    return [...comment, reaction];
  });

const keyOf = (write: Owed): string =>
  write.kind === "react" ? `react ${write.comment}` : `comment ${write.marker}`;
