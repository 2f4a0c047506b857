import type { Checklist } from "../config/checklist.ts";
import type { Pull } from "../snapshot.ts";
import type { RangeFrom } from "./facts.ts";

/** Branches of bots that collect what was merged since the last release: their own commits only change versions. */
const collecting = /^(?:release-please--|changeset-release\/)/;

export const isCollected = (pull: Pick<Pull, "head">): boolean => collecting.test(pull.head.ref);

/** Where the range starts: `auto` means the last release for pull requests that a release bot keeps, else the base. */
export function rangeOf(range: Checklist["range"], pull: Pick<Pull, "head">): RangeFrom {
  if (range !== "auto") return range;
  return isCollected(pull) ? "last-release" : "base";
}

/**
 * The component of a repository with several packages, as release-please names it in the branch
 * (`release-please--branches--main--components--api`) and in its tags (`api-v1.2.0`); null: the whole.
 */
export const componentOf = (pull: Pick<Pull, "head">): string | null =>
  /^release-please--.*--components--(.+)$/.exec(pull.head.ref)?.[1] ?? null;
