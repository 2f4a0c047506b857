import { execFileSync } from "node:child_process";

/** Asks Git; null when it ended with an error. */
export type Git = (...args: readonly string[]) => string | null;

const mostOutput = 64 * 1024 * 1024;

export const gitIn =
  (directory: string): Git =>
  (...args) => {
    try {
      return execFileSync("git", args, {
        cwd: directory,
        encoding: "utf8",
        maxBuffer: mostOutput,
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

/** Those of the remote and those that are only here. */
export function branchesOf(git: Git): string[] {
  const listed = git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes/origin") ?? "";
  const names = listed
    .split("\n")
    .map((ref) => ref.replace(/^refs\/(heads|remotes\/origin)\//, ""))
    .filter((name) => name !== "" && name !== "HEAD");
  return [...new Set(names)];
}

/** `acme/shop` where the remote is on this host; null: it is not, or there is none. */
export function remoteName(git: Git, host: string): string | null {
  const remote = git("remote", "get-url", "origin")?.trim() ?? "";
  const [, at, name] =
    /^(?:\w+:\/\/)?(?:[^@/]+@)?([\w.-]+(?::\d+)?)[:/](.+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  return at === host && name !== undefined && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : null;
}
