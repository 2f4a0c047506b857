import { bypassKey, finalKey, type Merge, outcomeWords } from "../domain/after/merge.ts";
import type { Message } from "../domain/announcement.ts";
import { recipientName } from "../domain/decide/recipients.ts";
import type { Announce } from "../domain/decision.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { announcementMarker, inMarkdown, lineLimit, oneLine } from "./announcement.ts";
import { cut } from "./inert.ts";

/** What is told after the merge: that it was not allowed, and how the release ended. Plain text. */
export function lateMessage(key: string, merge: Merge, snapshot: Snapshot): Message {
  const { pull, repo } = snapshot;
  const outcome = merge.outcomes.find((one) => finalKey(one) === key);
  const what = `${repo.owner}/${repo.name} #${pull.number}: ${pull.title}`;
  const head =
    key === bypassKey || outcome === undefined
      ? "Release merged without a green checklist"
      : `Release ${outcomeWords[outcome.status]}`;
  const title = cut(oneLine(`${head}: ${what}`), lineLimit);
  const lines = (key === bypassKey || outcome === undefined ? bypassed(merge) : ended(merge, outcome))
    .map(({ label, text }) => ({ label, text: cut(oneLine(text), lineLimit) }))
    .concat(merge.followUp?.url ? [{ label: "Follow-up", text: merge.followUp.url }] : []);
  return {
    id: `${repo.owner}/${repo.name}#${pull.number}:${key}`,
    title,
    url: pull.url,
    lines,
    text: [title, ...lines.map(({ label, text }) => `${label}: ${text}`), pull.url].join("\n"),
  };
}

const bypassed = (merge: Merge): { label: string; text: string }[] => [
  { label: "Merged by", text: merge.by ?? "somebody unknown" },
  { label: "Commit", text: merge.sha.slice(0, 7) },
  ...merge.reasons.map((text) => ({ label: "Missing", text })),
];

const ended = (
  merge: Merge,
  { by, note, via }: Merge["outcomes"][number],
): { label: string; text: string }[] => [
  ...(note === null ? [] : [{ label: "Note", text: note }]),
  ...(by === null
    ? [{ label: "By", text: "the app, since every item is done" }]
    : [{ label: "By", text: via === "items" ? `${by}, who did the last item` : by }]),
  { label: "Commit", text: `${merge.sha.slice(0, 7)}, merged by ${merge.by ?? "somebody unknown"}` },
];

/** As a comment on the pull request. Mentions are live here: they are whom the configuration names. */
export function lateComment(announce: Announce, merge: Merge, snapshot: Snapshot): string {
  const mentions = announce.to.flatMap((recipient) =>
    recipient.type === "mention" ? [recipientName(recipient)] : [],
  );
  return [
    ...(mentions.length > 0 ? [mentions.join(" ")] : []),
    inMarkdown(lateMessage(announce.key, merge, snapshot)),
    announcementMarker(snapshot.pull.number, announce.key),
  ].join("\n\n");
}
