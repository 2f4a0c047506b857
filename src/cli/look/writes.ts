import { diffIndices } from "node-diff3";
import { recipientName } from "../../domain/decide/recipients.ts";
import { renderReply, renderRequest } from "../../render/comments.ts";
import type { Observed } from "./observe-once.ts";

/** One thing that the app would do after this look. */
export interface PlannedWrite {
  /** What, on one line. */
  readonly what: string;
  /** More of it, line by line: the changed lines of a description, the text of a comment. */
  readonly lines: readonly string[];
}

/** What the app would do, in its order. Empty: all is written already. */
export function plannedWrites({ plan, decision, snapshot }: Observed): PlannedWrite[] {
  const { check, superseded, body } = plan;
  const writes: PlannedWrite[] = [];
  if (check !== null) {
    const how = check.kind === "create-check" ? "create the check" : `update the check ${check.id},`;
    writes.push(just(`${how} "${check.name}": ${check.conclusion}, "${check.title}"`));
  }
  for (const { id, title } of superseded) writes.push(just(`update the check ${id}: "${title}"`));
  if (body !== null)
    writes.push({ what: "change the description", lines: changedLines(snapshot.pull.body, body.body) });
  if (decision.kind !== "release") return writes;
  for (const reply of decision.replies) {
    writes.push(just(`react to the comment ${reply.comment} of ${reply.author} with ${reply.reaction}`));
    const text = renderReply(reply, decision);
    if (text !== null) writes.push({ what: `reply to ${reply.author}`, lines: visible(text) });
  }
  const request = renderRequest(decision, snapshot);
  if (request !== null) writes.push({ what: "ask for signatures in a comment", lines: visible(request) });
  for (const { key, to } of decision.announce)
    writes.push(just(`announce ${key} to ${to.map(recipientName).join(", ")}`));
  return writes;
}

const just = (what: string): PlannedWrite => ({ what, lines: [] });

const visible = (markdown: string): string[] =>
  markdown
    .replace(/<!--[\s\S]*?-->/g, "")
    .trim()
    .split("\n");

/** The lines that go, with `-`, and those that come, with `+`. */
function changedLines(before: string, after: string): string[] {
  const [from, to] = [before, after].map((text) => text.split(/\r?\n/)) as [string[], string[]];
  return diffIndices(from, to).flatMap(({ buffer1Content, buffer2Content }) => [
    ...buffer1Content.map((line) => `- ${line}`),
    ...buffer2Content.map((line) => `+ ${line}`),
  ]);
}
