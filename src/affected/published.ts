import type { Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** What is published after a merge, follow-ups wait for. */
export const onRelease = ({ action, repository }: Payload, why: string): Affected => {
  // A draft was saved; or it was published at once, and then that is told as well.
  if (action === "created") return ignored("changes-nothing");
  return repository
    ? { kind: "follow-ups", repo: repoOf(repository), issue: null, hint: hint(why) }
    : ignored("incomplete");
};
