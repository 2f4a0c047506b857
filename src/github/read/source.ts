import type { Octokit } from "../client.ts";
import { orAbsent } from "../errors.ts";
import type { RepoName } from "./account.ts";

/** A file of a repository, as text. */
export interface SourceFile {
  /** Path as people know it: `.github/release.yml`, in another repository `acme/.github:.github/release.yml`. */
  readonly file: string;
  readonly text: string;
  /** SHA of the blob: equal SHAs are equal texts. */
  readonly blob: string;
}

/** There is something at this path, but no text that can be read. */
export class NoText extends Error {
  override readonly name = "NoText";
}

export interface SourcePlace {
  readonly repo: RepoName;
  readonly path: string;
  /** Branch or SHA; null: the default branch. */
  readonly ref: string | null;
  /** How people shall read the path. */
  readonly label: string;
}

/** Null when there is no such file. Throws {@link NoText} for a directory, a link, a submodule or more than a megabyte. */
export const readSource = async (octokit: Octokit, place: SourcePlace): Promise<SourceFile | null> => {
  const { owner, repo } = place.repo;
  const answer = await orAbsent(() =>
    octokit.rest.repos.getContent({
      owner,
      repo,
      path: place.path,
      ...(place.ref ? { ref: place.ref } : {}),
    }),
  );
  if (!answer) return null;
  const { data } = answer;
  if (Array.isArray(data) || data.type !== "file" || !("content" in data))
    throw new NoText("it is not a file");
  // GitHub leaves the content out above a megabyte.
  if (data.encoding !== "base64") throw new NoText("it is too large");
  return { file: place.label, text: Buffer.from(data.content, "base64").toString("utf8"), blob: data.sha };
};
