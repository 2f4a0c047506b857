import { helpText } from "../domain/commands/help.ts";
import type { Release, Reply } from "../domain/decision.ts";
import { inWords } from "../domain/sign-off/rights.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { titleOf } from "./check-run.ts";
import { inert } from "./inert.ts";

/** By it a comment of the app is found again, so that it is written once. */
export const replyMarker = (comment: number): string => `<!-- release-checklist:reply:${comment} -->`;

/** The reply to a comment; null when the reaction says it all. */
export function renderReply(reply: Reply, release: Release): string | null {
  if (reply.say.length === 0) return null;
  const parts = reply.say.map((saying) => {
    if (saying.kind === "help")
      return helpText(
        release.items.map(({ item }) => ({
          id: item.id,
          kind: item.kind,
          ...(item.kind === "manual" ? { questions: item.questions } : {}),
        })),
      );
    if (saying.kind === "refusal") return inert(saying.text);
    if (saying.kind === "note") return saying.text;
    return [
      `**${inert(titleOf(release))}**`,
      "",
      ...release.reasons.map(({ long }) => `- ${inert(long)}`),
    ].join("\n");
  });
  return [...parts, replyMarker(reply.comment)].join("\n\n");
}

export const requestMarker = (snapshot: Snapshot): string =>
  `<!-- release-checklist:request:${snapshot.pull.number} -->`;

/** Asks those who still owe a signature: live mentions, since being told is what this comment is for. */
export function renderRequest(release: Release, snapshot: Snapshot): string | null {
  if (release.request.length === 0) return null;
  const lines = release.request.map(({ item, signers }) => {
    const names = signers.flatMap((party) =>
      party.type === "user"
        ? [`@${party.login}`]
        : party.type === "team"
          ? [`@${party.org}/${party.slug}`]
          : [],
    );
    const whom = names.length > 0 ? names.join(", ") : inWords(signers);
    return `- ${inert(item.title)}: ${whom}`;
  });
  return [
    "This release waits for signatures. Tick the box in the description, or comment `/checklist sign <item>`.",
    "",
    ...lines,
    "",
    requestMarker(snapshot),
  ].join("\n");
}
