import type { Message } from "../../domain/announcement.ts";
import { withAnnouncement, withReceipts } from "../../domain/decide/announcements.ts";
import { recipientName } from "../../domain/decide/recipients.ts";
import type { Announce, Release } from "../../domain/decision.ts";
import type { Ledger, Receipt } from "../../domain/ledger.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { CreateComment, Write } from "../../domain/write.ts";
import type { Applied } from "../../github/apply.ts";
import type { Sending } from "../../notify/sending.ts";
import type { Target } from "../../notify/targets.ts";
import { announcementComment, announcementMarker, announcementMessage } from "../../render/announcement.ts";

export interface Senders {
  apply(write: Write): Promise<Applied>;
  send(target: Target, message: Message): Promise<Sending>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly now: () => number;
}

/** What is sent under a key. */
export interface Composer {
  message(key: string): Message;
  comment(announce: Announce): CreateComment;
  /** The message that it answers, where the target has threads, as the receipt names that; null: none. */
  answers(key: string, to: string): string | null;
}

/** What a release announces. */
export const releaseComposer = (release: Release, snapshot: Snapshot): Composer => ({
  message: (key) => announcementMessage(key, release, snapshot),
  comment: (announce) => ({
    kind: "create-comment",
    pull: snapshot.pull.number,
    marker: announcementMarker(snapshot.pull.number, announce.key),
    body: announcementComment(announce, announce.to, release, snapshot),
  }),
  answers: () => null,
});

/** Sends what was claimed, and gives the ledger with the receipts. Comments are looked for before they are written. */
export async function sendAll(
  announcing: readonly Announce[],
  composer: Composer,
  ledger: Ledger,
  senders: Senders,
): Promise<Ledger> {
  let current = ledger;
  for (const announce of announcing) {
    const receipts = await sendOne(announce, composer, senders);
    const record = current.announcements[announce.key];
    if (record === undefined) continue;
    const at = new Date(senders.now()).toISOString();
    current = withAnnouncement(current, announce.key, withReceipts(record, receipts, at));
  }
  return { ...current, revision: ledger.revision + 1 };
}

async function sendOne(announce: Announce, composer: Composer, senders: Senders): Promise<Receipt[]> {
  const message = composer.message(announce.key);
  const here = announce.to.filter((recipient) => recipient.type !== "target");
  const toTargets = announce.to.flatMap((recipient) => {
    const target = recipient.type === "target" ? senders.targets.get(recipient.name) : undefined;
    return target === undefined ? [] : [{ to: recipientName(recipient), target }];
  });
  const [comment, ...sent] = await Promise.all([
    here.length === 0 ? null : commentOn(composer.comment(announce), senders),
    ...toTargets.map(async ({ to, target }) => {
      const answers = composer.answers(announce.key, to);
      return {
        to,
        sending: await senders.send(target, answers === null ? message : { ...message, answers }),
      };
    }),
  ]);
  const at = new Date(senders.now()).toISOString();
  return [
    ...(comment === null ? [] : here.map((recipient) => ({ to: recipientName(recipient), ...comment, at }))),
    ...sent.map(({ to, sending }) => ({ to, outcome: sending.outcome, detail: sending.detail, at })),
  ];
}

async function commentOn(
  comment: CreateComment,
  senders: Senders,
): Promise<Pick<Receipt, "outcome" | "detail">> {
  const applied = await senders.apply(comment);
  return applied.outcome === "done"
    ? { outcome: "sent", detail: applied.url ?? "a comment" }
    : { outcome: "failed", detail: `${applied.problem.what} was refused: ${applied.problem.why}` };
}
