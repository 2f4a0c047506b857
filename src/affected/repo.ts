import type { RepoName } from "../github/read/account.ts";
import type { RepositoryPayload } from "./payload.ts";
import { type Affected, type Hint, ignored } from "./result.ts";

export const repoOf = (repository: RepositoryPayload): RepoName => nameOf(repository.full_name);

export const nameOf = (fullName: string): RepoName => {
  const [owner = "", repo = ""] = fullName.split("/");
  return { owner, repo };
};

/** Every open pull request of every configured repository of the installation. */
export const wholeInstallation = (hint: Hint): Affected => ({ kind: "installation", hint });

/** Every open pull request of the repository. */
export const wholeRepository = (repository: RepositoryPayload | null | undefined, hint: Hint): Affected =>
  repository ? { kind: "repositories", repos: [repoOf(repository)], hint } : ignored("incomplete");
