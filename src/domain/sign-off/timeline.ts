import type { Edit } from "../edit.ts";

/** An edit in its place among the others. */
export interface PlacedEdit extends Edit {
  /** True when other edits of the same second could as well have come before as after it. */
  readonly tied: boolean;
}

/**
 * The edits in order. GitHub tells only seconds: those within one are ordered by their from and to bodies; where
 * these leave a choice, the edits are marked as tied. The same edit told twice counts once.
 */
export function orderEdits(edits: readonly Edit[]): PlacedEdit[] {
  const unique = new Map<string, Edit>();
  for (const edit of edits) {
    const key = JSON.stringify([edit.at, edit.by?.login.toLowerCase() ?? null, edit.from, edit.to]);
    if (!unique.has(key)) unique.set(key, edit);
  }
  const seconds = new Map<string, Edit[]>();
  for (const edit of unique.values()) {
    const group = seconds.get(edit.at);
    if (group) group.push(edit);
    else seconds.set(edit.at, [edit]);
  }
  return [...seconds.keys()].sort().flatMap((second) => orderWithinSecond(seconds.get(second) ?? []));
}

/** One path through all edits, if exactly one exists; else all are tied. */
function orderWithinSecond(group: readonly Edit[]): PlacedEdit[] {
  if (group.length === 1) return group.map((edit) => ({ ...edit, tied: false }));
  const paths = chains(group);
  const only = paths.length === 1 ? paths[0] : undefined;
  return only === undefined
    ? group.map((edit) => ({ ...edit, tied: true }))
    : only.map((edit) => ({ ...edit, tied: false }));
}

/** Enough to know whether there is exactly one; more than eight edits in one second are not worth the search. */
function chains(group: readonly Edit[]): Edit[][] {
  if (group.length > 8) return [];
  const found: Edit[][] = [];
  const extend = (path: Edit[], rest: readonly Edit[]): void => {
    if (found.length > 1) return;
    if (rest.length === 0) {
      found.push(path);
      return;
    }
    const last = path.at(-1);
    rest.forEach((edit, index) => {
      if (last === undefined || last.to === edit.from) extend([...path, edit], rest.toSpliced(index, 1));
    });
  };
  extend([], group);
  return found;
}
