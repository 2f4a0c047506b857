import type { Actor } from "../actor.ts";
import type { CheckFacts } from "./facts.ts";

/** What else deciding may know about the commit. */
export interface CheckContext {
  /** Slug of this app: its own runs and statuses never count. */
  readonly ownApp: string;
  /** Full SHA of the commit that the facts are of. */
  readonly headSha: string;
  /** Facts on earlier commits by full SHA, newest first, where they are known. */
  readonly older?: ReadonlyMap<string, CheckFacts>;
  /** Files that the pull request changes, where they are known. */
  readonly changedPaths?: readonly string[];
  readonly pullAuthor: Actor;
}
