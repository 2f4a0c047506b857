import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { outcomeStatuses } from "./after/merge.ts";
import type { Answer, ItemEntry, Ledger } from "./ledger.ts";
import { answerLimit } from "./ledger.ts";

/** GitHub's limit for `output.text` of a check run, in characters. */
export const textLimit = 65_535;

const opening = "<!-- release-checklist:ledger:1 ";
const closing = " -->";
/** Inflating stops here, so that a damaged text cannot fill the memory. */
const inflatedLimit = 4_000_000;

const time = z.string().max(40);
const line = z.string().max(5_000);
const exception = z.strictObject({ by: line, at: time, reason: line, sha: line, tree: line });
const signOff = z.strictObject({
  by: line,
  at: time,
  sha: line,
  tree: line.nullable(),
  via: z.enum(["box", "comment"]),
  doubts: z.array(line),
});
const entry = z.strictObject({
  signs: z.array(signOff),
  cleared: time.nullable(),
  unsigned: time.nullable(),
  barred: z.array(z.strictObject({ by: line, at: time, sha: line.nullable() })),
  missing: z.array(z.strictObject({ key: line, at: time })),
  answers: z.record(
    z.string(),
    z.strictObject({
      text: line,
      hash: line,
      by: line.nullable(),
      at: time,
      via: z.literal("comment").optional(),
    }),
  ),
  unplaced: z.array(z.strictObject({ by: line, at: time })).default([]),
  waiver: exception.nullable(),
  refusal: z.strictObject({ by: line.nullable(), at: time, why: line }).nullable(),
  ended: z.strictObject({ signs: z.array(signOff), at: time, sha: line.nullable(), why: line }).nullable(),
  box: z.boolean().nullable(),
});
const announcement = z.strictObject({
  state: z.enum(["claimed", "sent", "failed", "unclear"]),
  at: time,
  attempts: z.int(),
  by: line.nullable(),
  receipts: z.array(
    z.strictObject({ to: line, outcome: z.enum(["sent", "failed", "unclear"]), detail: line, at: time }),
  ),
  opened: z.boolean(),
  closedSince: time.nullable(),
});
const comments = z.strictObject({ through: z.int(), ids: z.array(z.int()) });
const moves = z.array(z.strictObject({ read: line, prose: line, wrote: line }));
const merge = z.strictObject({
  by: line.nullable(),
  at: time,
  sha: line,
  head: line,
  verdict: z.enum(["ready", "blocked", "overridden", "none"]),
  title: line,
  bypassed: z.boolean(),
  reasons: z.array(line),
  items: z.array(
    z.strictObject({
      id: line,
      title: line,
      state: z.enum(["done", "waiting", "failed", "waived", "not-needed"]),
      required: z.boolean(),
      summary: line,
      evidence: z.array(z.strictObject({ label: line, url: line })),
    }),
  ),
  after: z.array(line),
  followUp: z
    .strictObject({
      issue: z.int().nullable(),
      url: line.nullable(),
      items: z.record(z.string(), entry),
      comments,
      echoes: z.array(line),
      moves,
      lines: z.array(line),
      running: z.record(z.string(), time),
      standing: line,
      progressAt: time,
      remindedAt: time.nullable(),
      closedAt: time.nullable(),
    })
    .nullable(),
  incidents: z.array(z.strictObject({ link: line, by: line, at: time })),
  outcomes: z.array(
    z.strictObject({
      status: z.enum(outcomeStatuses),
      by: line.nullable(),
      at: time,
      note: line.nullable(),
      via: z.enum(["comment", "items"]),
    }),
  ),
});
const reply = z.strictObject({
  comment: z.int(),
  author: line,
  reaction: z.enum(["+1", "confused"]),
  say: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["status", "help"]) }),
      z.strictObject({ kind: z.enum(["refusal", "note"]), text: line }),
    ]),
  ),
});
const ledgerSchema = z.strictObject({
  version: z.literal(1),
  pull: z.int(),
  revision: z.int(),
  release: z.boolean(),
  items: z.record(z.string(), entry),
  heads: z.array(z.strictObject({ from: line.nullable(), to: line, at: time })).default([]),
  override: exception.nullable(),
  announcements: z.record(z.string(), announcement),
  comments,
  echoes: z.array(line),
  moves,
  lost: z.boolean(),
  lines: z.array(line),
  labelled: z.array(line),
  asked: z.array(line),
  replies: z.array(reply).default([]),
  ran: z.record(z.string(), line).default({}),
  // Ledgers of earlier versions have none of these.
  ready: time.nullable().default(null),
  deployed: time.nullable().default(null),
  progress: z
    .record(
      z.string(),
      z.strictObject({
        state: z.enum(["done", "waiting", "failed", "waived"]),
        done: time.nullable(),
        caught: z.int(),
      }),
    )
    .default({}),
  record: z.strictObject({ revision: z.int(), digest: line }).nullable().default(null),
  merge: merge.nullable().default(null),
});

/** What the text of the check run holds, and what had to be left out of it. */
export interface LedgerText {
  readonly text: string;
  /** Characters that the kept answers were cut to when not even 2,000 fitted; null when nothing was left out. */
  readonly answersCutTo: number | null;
}

/**
 * The ledger behind the text for people, in at most `limit` characters. People's text gives way first, then the
 * answers are cut, since their hashes still notice every change. Null when the ledger does not fit even so.
 */
export function writeLedger(ledger: Ledger, forPeople: string, limit = textLimit): LedgerText | null {
  for (const cut of [answerLimit, 500, 100, 0]) {
    const hidden = hide(cut === answerLimit ? ledger : cutAnswers(ledger, cut), limit);
    if (hidden === null) continue;
    const room = limit - hidden.length - 2;
    const shown = forPeople.length <= room ? forPeople : shorten(forPeople, room);
    return { text: `${shown}\n\n${hidden}`, answersCutTo: cut === answerLimit ? null : cut };
  }
  return null;
}

/** What stands there for people, without the ledger. */
export const forPeople = (text: string): string => {
  const start = text.lastIndexOf(opening);
  return (start === -1 ? text : text.slice(0, start)).trimEnd();
};

/** Null: no ledger in this text. `damaged`: one is there that this version cannot understand. */
export function readLedger(text: string): Ledger | "damaged" | null {
  const start = text.lastIndexOf(opening);
  if (start === -1) return text.includes("<!-- release-checklist:ledger") ? "damaged" : null;
  const end = text.indexOf(closing, start);
  if (end === -1) return "damaged";
  const raw = text.slice(start + opening.length, end);
  try {
    const json = raw.startsWith("z:")
      ? inflateRawSync(Buffer.from(raw.slice(2), "base64"), { maxOutputLength: inflatedLimit }).toString(
          "utf8",
        )
      : raw;
    const parsed = ledgerSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : "damaged";
  } catch {
    return "damaged";
  }
}

/** Plain JSON where it fits, since an auditor can read it; else deflated. */
function hide(ledger: Ledger, limit: number): string | null {
  const json = JSON.stringify(ledger)
    .replaceAll("--", "-\\u002d")
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e");
  const plain = `${opening}${json}${closing}`;
  if (plain.length <= limit - 2_000) return plain;
  const packed = `${opening}z:${deflateRawSync(json, { level: 9 }).toString("base64")}${closing}`;
  return packed.length <= limit - 200 ? packed : null;
}

function cutAnswers(ledger: Ledger, cut: number): Ledger {
  const { merge } = ledger;
  const followUp = merge?.followUp ?? null;
  return {
    ...withShortAnswers(ledger, cut),
    merge: merge && { ...merge, followUp: followUp && withShortAnswers(followUp, cut) },
  };
}

function withShortAnswers<T extends Pick<Ledger, "items">>(holder: T, cut: number): T {
  const short = (answer: Answer): Answer => ({ ...answer, text: answer.text.slice(0, cut) });
  const map = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  return {
    ...holder,
    items: map(holder.items, (item: ItemEntry) => ({ ...item, answers: map(item.answers, short) })),
  };
}

function shorten(text: string, room: number): string {
  const note = "\n\n… (shortened)";
  return room <= note.length ? "" : text.slice(0, room - note.length) + note;
}
