import type { Octokit } from "../github/client.ts";
import type { RepoName } from "../github/read/account.ts";
import type { Identity } from "../github/read/identity.ts";
import {
  type MarkedComment,
  readEditors,
  readMarkedComments,
  readMarkedCommentsSince,
  readMergedPull,
  readSeal,
} from "../github/read/record.ts";
import { recordMarker } from "../render/record.ts";
import { type Verified, type VerifyKey, verifyRecord } from "./verify.ts";

/** `none`: there is no such pull request. `not-merged`: then there is no record yet. */
export type RecordReading = Verified | { readonly kind: "none" } | { readonly kind: "not-merged" };

/** The one way to read a record from GitHub: whatever does not stand is refused here. */
export async function readReleaseRecord(
  octokit: Octokit,
  name: RepoName,
  number: number,
  app: Identity,
  keys: readonly VerifyKey[],
): Promise<RecordReading> {
  const comments = await readMarkedComments(octokit, name, number, recordMarker, app);
  return judge(octokit, name, number, comments, app, keys);
}

/** One for each pull request whose record was written or changed at or after `since` (ISO 8601), by its number. */
export async function readReleaseRecords(
  octokit: Octokit,
  name: RepoName,
  since: string,
  app: Identity,
  keys: readonly VerifyKey[],
  onRead: (done: number, all: number) => void,
): Promise<ReadonlyMap<number, RecordReading>> {
  const comments = await readMarkedCommentsSince(octokit, name, since, recordMarker, app);
  const byPull = Map.groupBy(comments, ({ pull }) => pull);
  let done = 0;
  const read = [...byPull].map(async ([pull, found]): Promise<[number, RecordReading]> => {
    const reading = await judge(octokit, name, pull, found, app, keys);
    onRead(++done, byPull.size);
    return [pull, reading];
  });
  return new Map(await Promise.all(read));
}

async function judge(
  octokit: Octokit,
  name: RepoName,
  number: number,
  comments: readonly MarkedComment[],
  app: Identity,
  keys: readonly VerifyKey[],
): Promise<RecordReading> {
  const [pull, editors] = await Promise.all([
    readMergedPull(octokit, name, number),
    comments.length > 0 ? readEditors(octokit, name, number) : new Map<number, string>(),
  ]);
  if (pull === null) return { kind: "none" };
  if (!pull.merged) return { kind: "not-merged" };
  const seal = await readSeal(octokit, name, pull, app.id);
  const expected = { app, repository: pull.repository, pull: number, head: pull.head, seal };
  return verifyRecord(
    comments.map((comment) => ({ ...comment, editor: editors.get(comment.id) ?? null })),
    expected,
    keys,
  );
}
