import { outcomeOf, type ReleaseRecord } from "../../domain/record/record.ts";
import type { Identity } from "../../github/read/identity.ts";
import type { RecordReading } from "../../record/read.ts";
import { harmless } from "../harmless.ts";
import type { Paint } from "../paint.ts";

/** What follows from a record that stands, and what does not. */
export const proofOf = ({ slug, id }: Identity) => ({
  proves: [
    `The app ${slug} (${id}) wrote it: the signature was made with its key.`,
    "It belongs to this repository, pull request and merged commit, and was not copied from elsewhere.",
    "Nobody has changed it since, neither the JSON nor the table that people read.",
    "It is the newest one: the check of the merged commit tells of the same revision.",
  ],
  doesNotProve: [
    "That what people signed is true. It tells which account ticked what, when, and at which commit.",
    "That checks and deployments told the truth to GitHub.",
    "Anything against those who have the app's private key: they can sign whatever they like.",
  ],
});

export function asText(pull: string, reading: RecordReading, app: Identity, paint: Paint): string {
  if (reading.kind === "stands") {
    const { proves, doesNotProve } = proofOf(app);
    const { record, comment } = reading;
    return [
      `${paint("green", "The release record stands")}: ${pull}, revision ${record.revision}`,
      harmless(comment.url),
      "",
      ...summary(record),
      "",
      "This proves:",
      ...proves.map((line) => `  - ${line}`),
      "It does not prove:",
      ...doesNotProve.map((line) => `  - ${line}`),
    ].join("\n");
  }
  if (reading.kind === "refused")
    return [
      `${paint("red", "No release record stands")}: ${pull}`,
      ...reading.reasons.map(
        ({ comment, why }) => `  - ${comment === null ? "" : `${harmless(comment.url)}: `}${harmless(why)}`,
      ),
    ].join("\n");
  return `${paint("yellow", "It cannot be told")}: ${pull}: ${harmless(whyUnknown(reading))}`;
}

/** Why a record does not count, on one line. */
export const whyNot = (reading: Exclude<RecordReading, { kind: "stands" }>): string =>
  reading.kind === "refused" ? reading.reasons.map(({ why }) => why).join("; ") : whyUnknown(reading);

export const whyUnknown = (reading: Exclude<RecordReading, { kind: "stands" | "refused" }>): string =>
  reading.kind === "unknown"
    ? reading.why
    : reading.kind === "not-merged"
      ? "it is not merged, and the record is written at the merge"
      : "there is no such pull request, or it may not be seen with these credentials";

function summary(record: ReleaseRecord): string[] {
  const { pull, verdict, merge, times, items, override, bypass } = record;
  const outcome = outcomeOf(record);
  const signed = items.filter(({ signs }) => signs.length > 0);
  const waived = items.filter(({ state }) => state === "waived").length;
  const people = new Set(signed.flatMap(({ signs }) => signs.map(({ by }) => by)));
  return [
    `  ${pull.title}`,
    `  ${pull.head} into ${pull.base}, merged ${times.merged} by ${merge.by ?? "somebody unknown"}`,
    `  gate at the merge: ${verdict}${override === null ? "" : `, by ${override.by}: ${override.reason}`}${bypass === null ? "" : `, merged past it by ${bypass.by ?? "somebody unknown"}`}`,
    `  ${items.filter(({ state }) => state === "done").length} of ${items.length} items done, ${waived} waived; signed by ${[...people].join(", ") || "nobody"}`,
    `  outcome: ${outcome === null ? "open" : `${outcome.result}, ${outcome.at}`}`,
  ].map(harmless);
}
