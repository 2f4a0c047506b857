import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Cannot } from "../cannot.ts";
import { branchesOf, defaultBranchOf, gitIn, remoteName } from "../git.ts";
import { codeownersPaths } from "./codeowners.ts";
import type { Repository } from "./shape.ts";

export interface WorkingCopy extends Repository {
  /** `acme/shop` where the remote is on this GitHub; null: it is not known. */
  readonly fullName: string | null;
}

/** What Git and the files of a directory tell. */
export function readWorkingCopy(directory: string, host: string): WorkingCopy {
  const git = gitIn(directory);
  const listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
  if (listed === null)
    throw new Cannot(`${directory} is no working copy: run init inside one, or name owner/repo.`);
  const paths = listed.split("\0").filter((path) => path !== "");
  const read = (path: string): string | null =>
    existsSync(join(directory, path)) ? readFileSync(join(directory, path), "utf8") : null;
  const fullName = remoteName(git, host);
  return {
    fullName,
    owner: fullName?.split("/")[0] ?? null,
    defaultBranch: defaultBranchOf(git),
    branches: branchesOf(git),
    paths,
    workflows: new Map(
      paths
        .filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
        .map((path) => [path, read(path) ?? ""]),
    ),
    codeowners: codeownersPaths.map(read).find((text) => text !== null) ?? null,
    environments: [],
    requiredChecks: [],
    organisation: null,
  };
}
