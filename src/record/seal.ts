import { createHash } from "node:crypto";
import { type ReleaseRecord, writeRecord } from "../domain/record/record.ts";

/** What the check of the merged commit says of the newest record: nobody but the app can write there. */
export interface Seal {
  readonly revision: number;
  /** SHA-256 of the record as it is signed, in hexadecimal digits. */
  readonly digest: string;
}

export const sealOf = (record: ReleaseRecord): Seal => ({
  revision: record.revision,
  digest: createHash("sha256").update(writeRecord(record)).digest("hex"),
});
