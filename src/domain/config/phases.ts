import type { Item } from "./checklist.ts";
import { kindOf } from "./kinds/index.ts";
import type { Draft } from "./merge.ts";
import type { Trouble } from "./trouble.ts";
import { quoted } from "./words.ts";

/** Kinds that look at what follows the merge. */
const lateOnly: readonly string[] = ["tag", "release", "wait"];
/** Kinds that look at the open pull request. */
const earlyOnly: readonly string[] = ["changed", "assigned", "window", "notify"];

/** An item in a phase in which it could never be done would hold something up for ever. */
export function phaseTroubles(drafts: readonly Draft[]): Trouble[] {
  return drafts.flatMap(({ raw, path }): Trouble[] => {
    const { key } = kindOf(raw);
    const late = raw.phase === "deploy" || raw.phase === "after-deploy";
    if (key === null || !(late ? earlyOnly : lateOnly).includes(key)) return [];
    const message = late
      ? `${quoted(key)} looks at the open pull request: an item of the phase ${quoted(raw.phase ?? "")} cannot have it`
      : `${quoted(key)} looks at what follows the merge: add "phase: after-deploy" (or "deploy") to this item`;
    return [{ path: [...(path ?? []), key], at: "key", message }];
  });
}

/** The items that hold up the merge. */
export const beforeMerge = (items: readonly Item[]): readonly Item[] =>
  items.filter(({ phase }) => phase === undefined);

/** The items that follow it, in the order in which they come: those of the deployment first. */
export const afterMerge = (items: readonly Item[]): readonly Item[] => [
  ...items.filter(({ phase }) => phase === "deploy"),
  ...items.filter(({ phase }) => phase === "after-deploy"),
];
