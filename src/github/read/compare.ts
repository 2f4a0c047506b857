import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { Read } from "../../domain/problem.ts";
import type { Comparison } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { pathsOf } from "./files.ts";
import { createMemo, type Memo } from "./memo.ts";

/** GitHub cuts the files of a comparison here, silently. */
const cut = 300;

type Answer = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];
type AnsweredFile = NonNullable<Answer["files"]>[number];
type ComparedFile = Pick<AnsweredFile, "filename" | "previous_filename" | "status" | "sha">;

interface Compared extends Pick<Answer, "ahead_by" | "behind_by"> {
  readonly files: readonly ComparedFile[];
}

/** Two commits differ for ever in the same way. Those under way count, so that nobody asks twice. */
export type Comparisons = Memo<Promise<Compared>>;

export const createComparisons = (): Comparisons => createMemo(500);

export interface CommitTree {
  readonly sha: string;
  readonly tree: string;
}

/**
 * Which files differ between two commits. GitHub compares with the merge base only, so after a forced push both
 * directions are asked: a file that differs must have changed on one side, and one that ended the same on both
 * sides does not differ.
 */
export const readComparison = (
  octokit: Octokit,
  name: RepoName,
  from: CommitTree,
  to: CommitTree,
  known: Comparisons,
): Promise<Read<Comparison>> =>
  attempt(`what changed since ${from.sha.slice(0, 7)}`, async () => {
    if (from.tree === to.tree) return { paths: [], complete: true, sameTree: true, commits: 0, removed: 0 };
    const forward = await compare(octokit, name, from.sha, to.sha, known);
    const { files } = forward;
    const commits = forward.ahead_by;
    const removed = forward.behind_by;
    if (forward.behind_by === 0) {
      return { paths: pathsOf(files), complete: files.length < cut, sameTree: false, commits, removed };
    }
    const back = (await compare(octokit, name, to.sha, from.sha, known)).files;
    const complete = files.length < cut && back.length < cut;
    return {
      paths: pathsOf(complete ? differing(files, back) : [...files, ...back]),
      complete,
      sameTree: false,
      commits,
      removed,
    };
  });

/** Asks GitHub, unless the answer is known or on its way. */
export const compare = (
  octokit: Octokit,
  { owner, repo }: RepoName,
  from: string,
  to: string,
  known: Comparisons,
): Promise<Compared> => {
  const key = `${owner}/${repo}@${from}...${to}`.toLowerCase();
  const before = known.get(key);
  if (before !== undefined) return before;
  const asked = ask(octokit, { owner, repo, basehead: `${from}...${to}` });
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
};

const ask = async (octokit: Octokit, wants: RepoName & { basehead: string }): Promise<Compared> => {
  // All files stand on the first page, whatever the number of commits on it.
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...wants, per_page: 1, page: 1 });
  const { ahead_by, behind_by, files = [] } = data;
  return { ahead_by, behind_by, files: files.map(essence) };
};

/** Without the patches, which may be large. */
const essence = ({ filename, previous_filename, status, sha }: AnsweredFile): ComparedFile => ({
  filename,
  ...(previous_filename === undefined ? {} : { previous_filename }),
  status,
  sha,
});

const differing = (one: readonly ComparedFile[], other: readonly ComparedFile[]): ComparedFile[] => {
  const ends = (files: readonly ComparedFile[]) => new Set(files.map(endOf));
  const [left, right] = [ends(one), ends(other)];
  return [
    ...one.filter((file) => !right.has(endOf(file))),
    ...other.filter((file) => !left.has(endOf(file))),
  ];
};

/** What became of a file: its blob, or that it is gone. */
const endOf = (file: ComparedFile): string =>
  JSON.stringify([
    file.filename,
    file.previous_filename ?? null,
    file.status === "removed" ? null : file.sha,
  ]);
