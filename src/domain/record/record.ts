import { z } from "zod";

/**
 * What is kept of a release as evidence: how it stood at the merge, and how it ended. One comment of the app on the pull
 * request holds it, signed. Schema and type are one; `docs/record.schema.json` is generated from here.
 */

const line = z.string().max(5_000);
const login = z.string().min(1).max(200).meta({ description: "login of an account" });
const time = z.iso.datetime().meta({ description: "time in UTC" });
const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const url = z
  .string()
  .regex(/^https?:\/\//)
  .max(2_000);

const signOff = z.strictObject({
  by: login,
  at: time,
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .meta({ description: "commit that was signed" }),
  via: z.enum(["box", "comment"]),
});

const answer = z.strictObject({
  question: line,
  text: line,
  by: login.nullable().meta({ description: "null: nobody knows" }),
  at: time,
});

const reasoned = z.strictObject({ by: login, at: time, reason: line });

const item = z.strictObject({
  id: z.string().min(1).max(200),
  title: line,
  kind: z
    .string()
    .max(40)
    .meta({ description: "manual, check, changed, deployment, …: what the configuration says" }),
  decidedBy: z.enum(["people", "app"]),
  phase: z.enum(["before-merge", "deploy", "after-deploy"]),
  required: z.boolean(),
  state: z.enum(["done", "waiting", "failed", "waived", "not-needed"]),
  done: time.nullable().meta({ description: "since when it was done, without a break; null: it is not" }),
  caught: z
    .int()
    .min(0)
    .meta({ description: "how often it was seen to fail, or a person took a sign-off back" }),
  signs: z.array(signOff),
  answers: z.array(answer),
  waiver: reasoned.nullable(),
  evidence: z.array(z.strictObject({ label: line, url })),
});

const commit = z.strictObject({
  sha,
  headline: line.meta({ description: "first line of the message" }),
  author: login.nullable().meta({ description: "null: GitHub knows no account for it" }),
  at: time.nullable().meta({ description: "when it was written (author date); null: GitHub does not tell" }),
  merge: z.boolean().meta({ description: "it only joins two lines of commits" }),
});

const receipt = z.strictObject({
  to: line,
  outcome: z.enum(["sent", "failed", "unclear"]),
  detail: line,
  at: time,
});

export const recordSchema = z
  .strictObject({
    version: z.literal(1),
    revision: z.int().min(1).meta({ description: "grows by one with every change" }),
    app: z.strictObject({ id: z.int(), slug: z.string().max(200) }),
    repository: z.strictObject({
      id: z.int(),
      name: z
        .string()
        .regex(/^[\w.-]+\/[\w.-]+$/)
        .meta({ description: "owner/repo when it was written" }),
    }),
    pull: z.strictObject({
      number: z.int().min(1),
      url,
      title: line,
      author: login,
      base: line,
      branch: line,
      head: sha.meta({ description: "the head commit that was merged" }),
    }),
    verdict: z
      .enum(["ready", "overridden", "blocked"])
      .meta({ description: "how the gate stood at the merge; blocked: somebody went past it" }),
    trial: z.boolean().meta({ description: "enforcement: evaluate, so that nothing was in the way" }),
    merge: z.strictObject({ by: login.nullable(), commit: sha.nullable() }),
    times: z.strictObject({
      opened: time,
      ready: time.nullable().meta({ description: "first ready or overridden; null: never" }),
      merged: time,
      deployed: time.nullable().meta({ description: "in production, as an item of the checklist saw it" }),
    }),
    range: z.strictObject({
      from: line.meta({ description: "base, or the tag of the last release" }),
      total: z.int().min(0),
      commits: z.array(commit).max(250).meta({ description: "oldest first, the newest 250 at most" }),
    }),
    items: z.array(item).max(200),
    override: reasoned.nullable(),
    bypass: z
      .strictObject({ by: login.nullable(), missing: z.array(line) })
      .nullable()
      .meta({ description: "merged while blocked" }),
    announcements: z.array(
      z.strictObject({ about: line, by: login.nullable(), at: time, receipts: z.array(receipt) }),
    ),
    followUp: z.strictObject({ number: z.int().min(1), url, closed: time.nullable() }).nullable(),
    outcomes: z
      .array(
        z.strictObject({
          result: z.enum(["successful", "rolled-back", "follow-up"]),
          by: login.nullable().meta({ description: "null: every item was done" }),
          at: time,
          note: line,
        }),
      )
      .meta({ description: "oldest first: the last one holds; none: still open" }),
    incidents: z
      .array(z.strictObject({ link: line, by: login, at: time }))
      .meta({ description: "what went wrong because of the release, as people linked it" }),
    lessons: z.array(answer).meta({ description: "answers to the two questions of the retrospective" }),
    shortened: z
      .boolean()
      .meta({ description: "texts or commits were cut, because GitHub's limit left no room" }),
  })
  .meta({ title: "Release record of Release Checklist" });

type DeepReadonly<T> = T extends (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type ReleaseRecord = DeepReadonly<z.infer<typeof recordSchema>>;
export type RecordOutcome = ReleaseRecord["outcomes"][number];
export type RecordItem = ReleaseRecord["items"][number];
export type RecordCommit = ReleaseRecord["range"]["commits"][number];

/** How it ended, as far as it was said. */
export const outcomeOf = ({ outcomes }: ReleaseRecord): RecordOutcome | null => outcomes.at(-1) ?? null;

/** Signs that show nothing or turn the direction of text; JSON may hold them escaped. */
const invisible = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;

/** The one way to write a record down: these very characters are signed. On one line. */
export const writeRecord = (record: ReleaseRecord): string =>
  JSON.stringify(recordSchema.parse(record)).replace(
    invisible,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Null: this is no record, or not written in the one way. */
export function readRecord(text: string): ReleaseRecord | null {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(text));
    return parsed.success && writeRecord(parsed.data) === text ? parsed.data : null;
  } catch {
    return null;
  }
}
