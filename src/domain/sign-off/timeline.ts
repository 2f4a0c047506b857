import { type Edit, isSameEdit, type OwnWrite } from "../edit.ts";
import { ordersOf, silentTexts } from "./second.ts";

/** An edit in its place among the others. */
export interface PlacedEdit extends Edit {
  /** True when other edits of the same second could as well have come before as after it. */
  readonly tied: boolean;
  /** True when it is known to have come after what the record told when the description was last explained. */
  readonly since?: boolean;
}

/** What helps to order edits of one second. */
export interface Bearings {
  /** The description as it stood before them; null: not known. */
  readonly seen: string | null;
  /** The description as it stands now. */
  readonly now: string;
  /** Our own writes, which may stand between two edits. */
  readonly written: readonly OwnWrite[];
  /** Login of the app's own account. */
  readonly self: string;
  /** Echoes of own writes, which only help to order what was done in their seconds. */
  readonly echoes: readonly Edit[];
}

/**
 * The edits in order. GitHub tells only seconds: those within one are ordered by their from and to bodies; where
 * these leave a choice, the edits are marked as tied. The same edit told twice counts once.
 */
export function orderEdits(edits: readonly Edit[], bearings: Bearings): PlacedEdit[] {
  const { seen, now, written, self, echoes } = bearings;
  const unique = edits.filter((edit, index) => edits.findIndex((other) => isSameEdit(other, edit)) === index);
  const seconds = Map.groupBy(unique, ({ at }) => at);
  let reached = seen;
  const times = [...seconds.keys()].sort();
  return times.flatMap((second, index) => {
    const next = seconds.get(times[index + 1] ?? "")?.map(({ from }) => from) ?? [
      readAfter(second, written) ?? now,
    ];
    const own = echoes.filter(({ at }) => at === second);
    const group = [...own, ...(seconds.get(second) ?? [])];
    const placed = orderWithinSecond(group, reached, next, silentTexts(second, group, written, self));
    const last = placed.at(-1);
    reached = last === undefined || last.tied ? null : last.to;
    return placed.filter((edit) => !own.some((echo) => isSameEdit(echo, edit)));
  });
}

/** What stood there when that second was over, as our next write had read it. */
const readAfter = (second: string, written: readonly OwnWrite[]): string | undefined =>
  written.find(({ readAt }) => readAt > second)?.read;

/**
 * One path through all edits, if exactly one exists, or exactly one from where the description stood, or to where it
 * stood next; else all are tied.
 */
function orderWithinSecond(
  group: readonly Edit[],
  reached: string | null,
  next: readonly string[],
  silent: ReadonlySet<string>,
): PlacedEdit[] {
  const { breaks, orders } = ordersOf(group, silent);
  const paths = breaks === 0 ? orders : [];
  // A write of ours that no edit tells of may have been the last.
  const ends = next.some((text) => silent.has(text)) ? [] : next;
  const fitting = [
    paths,
    paths.filter(([first]) => first?.from === reached),
    paths.filter((path) => ends.includes(path.at(-1)?.to ?? "")),
  ].find(({ length }) => length === 1);
  const [only, another] = fitting ?? [];
  return only === undefined || another !== undefined
    ? group.map((edit) => ({ ...edit, tied: true }))
    : only.map((edit) => ({ ...edit, tied: false }));
}
