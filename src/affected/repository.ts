import type { RepoName } from "../github/read/account.ts";
import { isConfigPath } from "../github/read/config.ts";
import type { Payload } from "./payload.ts";
import { nameOf, repoOf, wholeInstallation, wholeRepository } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** GitHub lists no more commits of a push. */
const cut = 2_048;

/** The configuration counts as it stands on the default branch; the `.github` repository's holds for all of its owner. */
export const onPush = (
  payload: Payload,
  why: string,
  restingOn: (repo: RepoName, paths: readonly string[] | null) => readonly RepoName[],
): Affected => {
  const { repository, ref } = payload;
  if (!repository?.default_branch) return ignored("incomplete");
  if (ref?.startsWith("refs/tags/"))
    return payload.deleted
      ? ignored("other-branch")
      : { kind: "follow-ups", repo: repoOf(repository), issue: null, hint: hint(why) };
  if (ref !== `refs/heads/${repository.default_branch}` || payload.deleted) return ignored("other-branch");
  const paths = pathsOf(payload);
  const isOwn = paths === null || paths.some(isConfigPath);
  if (isOwn && isShared(repository)) return wholeInstallation(hint(why, { fresh: true }));
  const own = repoOf(repository);
  const resting = restingOn(own, paths);
  if (resting.length === 0)
    return isOwn ? wholeRepository(repository, hint(why)) : ignored("no-configuration");
  const others = resting.filter(({ repo }) => repo !== own.repo);
  const repos = isOwn || others.length < resting.length ? [own, ...others] : others;
  return { kind: "repositories", repos, hint: hint(why, { fresh: true }) };
};

const isShared = ({ name }: { readonly name: string }): boolean => name === ".github";

/** What it touches; null where that cannot be told: a forced push may also take commits away, which no list shows. */
const pathsOf = ({ commits = [], forced, created }: Payload): readonly string[] | null =>
  forced === true || created === true || commits.length === 0 || commits.length >= cut
    ? null
    : commits.flatMap(({ added = [], modified = [], removed = [] }) => [...added, ...modified, ...removed]);

/** Rules may name a label that is called otherwise now, or not there any more. */
export const onLabel = ({ action, repository }: Payload, why: string): Affected =>
  action === "created" ? ignored("changes-nothing") : wholeRepository(repository, hint(why));

export const onRepository = ({ action, changes, repository }: Payload, why: string): Affected => {
  // What it holds, or held under its former name, stands for others.
  const former = changes?.repository?.name?.from;
  if (repository && action !== "created" && (isShared(repository) || former === ".github"))
    return wholeInstallation(hint(why, { fresh: true }));
  switch (action) {
    case "renamed":
    case "transferred":
    case "unarchived":
      // What is remembered under this name may be of another repository.
      return wholeRepository(repository, hint(why, { fresh: true }));
    case "edited":
      return changes?.default_branch ? wholeRepository(repository, hint(why)) : ignored("changes-nothing");
    case "archived":
    case "deleted":
      return ignored("gone");
    default:
      return ignored("changes-nothing");
  }
};

export const onInstallation = ({ action }: Payload, why: string): Affected =>
  action === "deleted" || action === "suspend"
    ? ignored("gone")
    : wholeInstallation(hint(why, { rights: true, fresh: true }));

export const onInstallationRepositories = (
  { action, repositories_added: added = [], repositories_removed: removed = [] }: Payload,
  why: string,
): Affected => {
  const repos = [...added, ...removed].map(({ full_name: name }) => nameOf(name));
  if (repos.some(({ repo }) => repo === ".github")) return wholeInstallation(hint(why, { fresh: true }));
  return action === "added" ? { kind: "repositories", repos, hint: hint(why) } : ignored("gone");
};
