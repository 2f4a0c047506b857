import { Cannot } from "../cannot.ts";
import { defaultBranchOf, gitIn } from "../git.ts";
import type { Scene } from "./scene.ts";

/** The pull request that the branch which is checked out would become, into the branch that is named or the default one. */
export function sceneOfWorkingCopy(directory: string, into: string | undefined): Scene {
  const git = gitIn(directory);
  const head = git("symbolic-ref", "--short", "HEAD")?.trim();
  if (head === undefined)
    throw new Cannot(`${directory} is no working copy with a branch that is checked out.`);
  const defaultBranch = defaultBranchOf(git);
  const base = into ?? defaultBranch;
  const start = [`refs/remotes/origin/${base}`, `refs/heads/${base}`].find(
    (ref) => git("rev-parse", "--verify", "--quiet", ref) !== null,
  );
  if (start === undefined) throw new Cannot(`There is no branch ${base} here: name another one with --base.`);
  const paths = git("diff", "--name-only", "-z", `${start}...HEAD`);
  if (paths === null) throw new Cannot(`${head} and ${base} have no commit in common.`);
  return {
    about: `as ${head} would go into ${base}, of which nothing is done yet`,
    base,
    head,
    defaultBranch,
    title: git("log", "-1", "--format=%s")?.trim() || head,
    labels: [],
    paths: paths.split("\0").filter((path) => path !== ""),
  };
}
