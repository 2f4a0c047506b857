import type { Actor } from "../actor.ts";

/** What else deciding may know about the commit. */
export interface CheckContext {
  /** Slug of this app: its own runs and statuses never count. */
  readonly ownApp: string;
  /** Full SHA of the commit that the facts are of. */
  readonly headSha: string;
  /** Short SHA of the newest other commit that the check ran on, where one is known. */
  readonly ranOn?: string;
  /** Files that the pull request changes, where they are known. */
  readonly changedPaths?: readonly string[];
  readonly pullAuthor: Actor;
}
