import type { Read } from "../../domain/problem.ts";
import type { FileList } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** GitHub cuts the list here, silently. @see https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const cut = 3_000;

/** The files that the pull request changes. A renamed file counts under both its names. */
export const readFiles = (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
): Promise<Read<FileList>> =>
  attempt("the files of the pull request", async () => {
    const listed = await readPages(
      (page) => octokit.rest.pulls.listFiles({ owner, repo, pull_number: number, ...page }),
      (data) => data,
    );
    return { paths: pathsOf(listed), complete: listed.length < cut };
  });

export const pathsOf = (
  files: readonly { readonly filename: string; readonly previous_filename?: string | undefined }[],
): string[] => [
  ...new Set(files.flatMap(({ filename, previous_filename: old }) => (old ? [filename, old] : [filename]))),
];
