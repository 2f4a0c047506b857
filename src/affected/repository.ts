import { isConfigPath } from "../github/read/config.ts";
import type { Payload } from "./payload.ts";
import { nameOf, wholeRepository } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** GitHub lists no more commits of a push. */
const cut = 2_048;

/** The configuration counts as it stands on the default branch; the `.github` repository's holds for all of its owner. */
export const onPush = (payload: Payload, why: string): Affected => {
  const { repository, ref } = payload;
  if (!repository?.default_branch) return ignored("incomplete");
  if (ref !== `refs/heads/${repository.default_branch}` || payload.deleted) return ignored("other-branch");
  if (!mayTouchConfiguration(payload)) return ignored("no-configuration");
  return repository.name === ".github"
    ? { kind: "installation", hint: hint(why, { fresh: true }) }
    : wholeRepository(repository, hint(why));
};

/** A forced push may also take commits away, which no list shows. */
const mayTouchConfiguration = ({ commits = [], forced, created }: Payload): boolean =>
  forced === true ||
  created === true ||
  commits.length === 0 ||
  commits.length >= cut ||
  commits.some(({ added = [], modified = [], removed = [] }) =>
    [...added, ...modified, ...removed].some(isConfigPath),
  );

/** Rules may name a label that is called otherwise now, or not there any more. */
export const onLabel = ({ action, repository }: Payload, why: string): Affected =>
  action === "created" ? ignored("changes-nothing") : wholeRepository(repository, hint(why));

export const onRepository = ({ action, changes, repository }: Payload, why: string): Affected => {
  switch (action) {
    case "renamed":
    case "transferred":
    case "unarchived":
      return wholeRepository(repository, hint(why));
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
    : { kind: "installation", hint: hint(why, { rights: true, fresh: true }) };

export const onInstallationRepositories = (payload: Payload, why: string): Affected =>
  payload.action === "added"
    ? {
        kind: "repositories",
        repos: (payload.repositories_added ?? []).map(({ full_name: name }) => nameOf(name)),
        hint: hint(why),
      }
    : ignored("gone");
