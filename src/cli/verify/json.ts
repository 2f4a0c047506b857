import type { Identity } from "../../github/read/identity.ts";
import type { RecordReading } from "../../record/read.ts";
import { proofOf, whyUnknown } from "./text.ts";

/** The answer for other programs. */
export function asJson(pull: string, reading: RecordReading, app: Identity): string {
  const answer = { pull, app: { id: app.id, slug: app.slug } };
  if (reading.kind === "stands")
    return pretty({
      ...answer,
      stands: true,
      comment: reading.comment.url,
      record: reading.record,
      reasons: [],
      ...proofOf(app),
    });
  const reasons =
    reading.kind === "refused"
      ? reading.reasons.map(({ comment, why }) => ({ comment: comment?.url ?? null, why }))
      : [{ comment: null, why: whyUnknown(reading) }];
  return pretty({ ...answer, stands: reading.kind === "refused" ? false : null, reasons });
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
