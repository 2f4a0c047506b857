import type { Message } from "../domain/announcement.ts";
import type { Recipient } from "../domain/config/checklist.ts";
import { isPostponed } from "../domain/decide/postponed.ts";
import { recipientName } from "../domain/decide/recipients.ts";
import { count } from "../domain/decide/verdict.ts";
import type { Announce, Release } from "../domain/decision.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { cut, inert } from "./inert.ts";

/** Keeps a message readable, and inside what the targets take. */
export const lineLimit = 500;
const linesLimit = 40;

export const announcementMarker = (pull: number, key: string): string =>
  `<!-- release-checklist:announcement:${pull}:${key} -->`;

/** The announcement of a release: what, with which answers, by whom checked, and where to look. Plain text. */
export function announcementMessage(key: string, release: Release, snapshot: Snapshot): Message {
  const { pull, repo } = snapshot;
  const overridden = key.startsWith("override:");
  const { override } = release.ledger;
  const what = `${repo.owner}/${repo.name} #${pull.number}: ${pull.title}`;
  const postponed = isPostponed(key);
  const title = oneLine(`${headline(key)}: ${what}`);
  const lines = [
    { label: "Into", text: `${pull.base.ref} from ${pull.head.ref} at ${pull.head.sha.slice(0, 7)}` },
    { label: "By", text: pull.author.login },
    ...(pull.assignees.length > 0 ? [{ label: "In charge", text: pull.assignees.join(", ") }] : []),
    ...(overridden && override !== null
      ? [{ label: "Overridden by", text: `${override.by}: ${override.reason}` }]
      : []),
    // What is said comes before what was checked: a long list must not cut off the way back.
    ...(postponed ? [] : answers(release)),
    ...stillMissing(key, release),
    ...(postponed ? [] : validated(release)),
  ];
  const shown = lines.map(({ label, text }) => ({
    label: oneLine(label),
    text: cut(oneLine(text), lineLimit),
  }));
  const kept =
    shown.length <= linesLimit
      ? shown
      : [
          ...shown.slice(0, linesLimit),
          { label: "More", text: `${shown.length - linesLimit} lines on the pull request` },
        ];
  return {
    id: `${repo.owner}/${repo.name}#${pull.number}:${key}`,
    title: cut(title, lineLimit),
    url: pull.url,
    lines: kept,
    text: [title, ...kept.map(({ label, text }) => `${label}: ${text}`), pull.url].join("\n"),
  };
}

function headline(key: string): string {
  if (isPostponed(key)) return "Release postponed";
  return key.startsWith("override:") ? "Release gate overridden" : "Release announced";
}

/** As a comment on the pull request. Mentions are live here: they are whom the configuration names. */
export function announcementComment(
  announce: Announce,
  to: readonly Recipient[],
  release: Release,
  snapshot: Snapshot,
): string {
  const mentions = to.flatMap((recipient) =>
    recipient.type === "mention" ? [recipientName(recipient)] : [],
  );
  return [
    ...(mentions.length > 0 ? [mentions.join(" ")] : []),
    inMarkdown(announcementMessage(announce.key, release, snapshot)),
    announcementMarker(snapshot.pull.number, announce.key),
  ].join("\n\n");
}

/** What the check shows before anything is sent; null where nothing is announced. */
export function announcementPreview(release: Release, snapshot: Snapshot): string | null {
  const item = release.items.find(
    ({ item: { kind }, state }) => kind === "notify" && state !== "not-needed",
  )?.item;
  if (item?.kind !== "notify") return null;
  const to = item.to.map((recipient) =>
    recipient.type === "comment" ? "a comment here" : recipientName(recipient),
  );
  const message = announcementMessage(item.id, release, snapshot);
  return `To ${to.map(inert).join(", ")}:\n\n${inMarkdown(message).replace(/^/gm, "> ")}`;
}

export const inMarkdown = (message: Message): string =>
  [
    `**${inert(message.title)}**`,
    "",
    ...message.lines.map(({ label, text }) => `- ${inert(label)}: ${inert(text)}`),
    "",
    `<${message.url}>`,
  ].join("\n");

/** Announcements themselves are not among what was validated, and who is in charge was said above. */
const validated = (release: Release): Message["lines"] =>
  release.items
    .filter(({ item }) => item.kind !== "notify" && item.kind !== "assigned")
    .filter(({ state }) => state === "done" || state === "waived")
    .map(({ item, summary }) => ({ label: item.title, text: summary }));

const answers = (release: Release): Message["lines"] =>
  release.items.flatMap(({ item, state }) =>
    item.kind === "manual" && state !== "not-needed"
      ? item.questions.flatMap(({ id, text }) => {
          const answer = release.ledger.items[item.id]?.answers[id]?.text ?? "";
          return answer === "" ? [] : [{ label: text, text: answer }];
        })
      : [],
  );

/** An announcement may go out while other items are open: the reader is told. */
function stillMissing(key: string, release: Release): Message["lines"] {
  const open = release.items.filter(
    ({ item, state }) =>
      item.kind !== "notify" && item.required && (state === "waiting" || state === "failed"),
  );
  if (open.length === 0) return [];
  const { done, all } = count(release);
  const names = open.map(({ item }) => item.title).join(", ");
  return [
    {
      label: key.startsWith("override:") ? "Not checked" : "Still open",
      text: `${names} (${done} of ${all} done)`,
    },
  ];
}

export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
