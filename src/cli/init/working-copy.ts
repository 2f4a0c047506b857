import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Cannot } from "../cannot.ts";
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
  const fullName = nameOf(git("remote", "get-url", "origin"), host);
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
  };
}

type Git = (...args: readonly string[]) => string | null;

/** Null: it ended with an error. */
export const gitIn =
  (directory: string): Git =>
  (...args) => {
    try {
      return execFileSync("git", args, {
        cwd: directory,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch {
      return null;
    }
  };

/** As the remote has it, else a usual name, else the branch that is checked out. */
export function defaultBranchOf(git: Git): string {
  const remote = git("symbolic-ref", "--short", "refs/remotes/origin/HEAD")?.trim();
  if (remote !== undefined) return remote.replace(/^origin\//, "");
  const branches = branchesOf(git);
  const usual = ["main", "master", "develop", "trunk"].find((name) => branches.includes(name));
  return usual ?? git("symbolic-ref", "--short", "HEAD")?.trim() ?? "main";
}

function branchesOf(git: Git): string[] {
  const listed = git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes/origin") ?? "";
  const names = listed
    .split("\n")
    .map((ref) => ref.replace(/^refs\/(heads|remotes\/origin)\//, ""))
    .filter((name) => name !== "" && name !== "HEAD");
  return [...new Set(names)];
}

function nameOf(remote: string | null, host: string): string | null {
  const [, at, name] =
    /^(?:\w+:\/\/)?(?:[^@/]+@)?([\w.-]+(?::\d+)?)[:/](.+?)(?:\.git)?\/?$/.exec(remote?.trim() ?? "") ?? [];
  return at === host && name !== undefined && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : null;
}
