import type { ReleaseRecord } from "../../domain/record/record.ts";
import type { Identity } from "../../github/read/identity.ts";
import { readReleaseRecords } from "../../record/read.ts";
import type { VerifyKey } from "../../record/verify.ts";
import { whyNot } from "../verify/text.ts";
import type { Readable } from "./repositories.ts";

export interface Gathered {
  readonly records: readonly ReleaseRecord[];
  /** Records that do not stand, each with why: `acme/shop#7: it was edited by mallory`. */
  readonly leftOut: readonly string[];
}

/**
 * The records that stand. A record is written after its release reached production, so those that were not touched
 * since `since` (ISO 8601) are not wanted.
 */
export async function gather(
  repositories: readonly Readable[],
  since: string,
  app: Identity,
  keys: readonly VerifyKey[],
  onProgress: (text: string) => void,
): Promise<Gathered> {
  const records: ReleaseRecord[] = [];
  const leftOut: string[] = [];
  for (const { name, octokit } of repositories) {
    const repository = `${name.owner}/${name.repo}`;
    onProgress(`Reading the records of ${repository} …`);
    const readings = await readReleaseRecords(octokit, name, since, app, keys, (done, all) =>
      onProgress(`Reading the records of ${repository}: ${done} of ${all} …`),
    );
    for (const [number, reading] of readings) {
      if (reading.kind === "stands") records.push(reading.record);
      else leftOut.push(`${repository}#${number}: ${whyNot(reading)}`);
    }
  }
  return { records, leftOut };
}
