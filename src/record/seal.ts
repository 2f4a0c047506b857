import { createHash } from "node:crypto";
import type { Seal } from "../domain/ledger.ts";
import { type ReleaseRecord, writeRecord } from "../domain/record/record.ts";

export const sealOf = (record: ReleaseRecord): Seal => ({
  revision: record.revision,
  digest: createHash("sha256").update(writeRecord(record)).digest("hex"),
});
