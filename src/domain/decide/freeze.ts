import type { Checklist } from "../config/checklist.ts";
import { matchRelease } from "../release.ts";
import type { ConfigState, Pull, Repo } from "../snapshot.ts";

/** The checklist of a configuration that freezes the base for a ready release; null: it freezes nothing. A trial is in nobody's way. */
export function freezing(config: ConfigState): Checklist | null {
  if (!("checklist" in config)) return null;
  const { checklist } = config;
  return checklist.freezeBase && checklist.enforcement === "active" ? checklist : null;
}

/** Whether the rules call this a release as it stands now. */
export const isRelease = (
  checklist: Checklist,
  { base, head, labels }: Pick<Pull, "base" | "head" | "labels">,
  { defaultBranch }: Pick<Repo, "defaultBranch">,
): boolean =>
  matchRelease(checklist.release, { base: base.ref, head: head.ref, labels, defaultBranch }).release;
