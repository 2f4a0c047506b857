import { findAround, namedIn } from "../../domain/config/around/find.ts";
import type { Finding } from "../../domain/config/finding.ts";
import type { Octokit } from "../../github/client.ts";
import type { RepoName } from "../../github/read/account.ts";
import { readSurroundings, type SurroundingsWants } from "../../github/read/surroundings.ts";

export interface AroundWants extends Omit<SurroundingsWants, "mentions"> {
  /** Names of the notification targets for this owner; null: not known here. */
  readonly targets: ReadonlySet<string> | null;
}

/** Looks up on GitHub what a valid file names, for the check and for `validate --for`. */
export async function readAround(
  octokit: Octokit,
  name: RepoName,
  { file, text }: { readonly file: string; readonly text: string },
  { targets, ...where }: AroundWants,
): Promise<Finding[]> {
  const surroundings = await readSurroundings(octokit, name, { ...where, mentions: namedIn(text) });
  return findAround(text, file, { ...surroundings, targets });
}
