import type { OwnWrite } from "../edit.ts";
import { before, type Course, isOwn } from "./course.ts";
import type { Supposed } from "./supposed.ts";
import type { PlacedEdit } from "./timeline.ts";

export interface PlacedWrite extends OwnWrite {
  /** What stood there before. */
  readonly from: string;
  /** How many came before. */
  readonly index: number;
}

export const isToldBefore = ({ told }: PlacedEdit, { index }: PlacedWrite): boolean =>
  told !== undefined && told <= index;

/** Within one second the texts tell the order. */
export function comesFirst(
  edit: PlacedEdit,
  write: PlacedWrite,
  writes: readonly PlacedWrite[],
  reached: string | null,
  seconds: Supposed["seconds"],
): boolean {
  if (edit.at !== write.at) return edit.at < write.at;
  if (isToldBefore(edit, write)) return true;
  if (write.read === write.wrote && write.read === reached) return false;
  const supposed = seconds.get(edit.at)?.before;
  if (supposed !== undefined) return supposed <= write.index;
  if (edit.from === reached) return true;
  if (write.from === reached) return false;
  return edit.to === write.from || !writes.some(({ at, wrote }) => at === edit.at && wrote === edit.from);
}

/**
 * The echo of a write tells what really stood there; before that comes, it is what was read. Writes of one second that
 * led to the same text each have an echo of their own.
 */
export function placeWrites(edits: readonly PlacedEdit[], course: Course): PlacedWrite[] {
  const echoes = new Set(edits.filter((edit) => edit.from !== edit.to && isOwn(edit, course)));
  const echoOf = ({ read, wrote, at }: OwnWrite, from: (text: string) => boolean): PlacedEdit | undefined => {
    // A text that was only read has none.
    if (read === wrote) return undefined;
    const echo = [...echoes].find((edit) => edit.at === at && edit.to === wrote && from(edit.from));
    if (echo !== undefined) echoes.delete(echo);
    return echo;
  };
  const isPlain = (write: OwnWrite): boolean => echoOf(write, (text) => text === write.read) !== undefined;
  // The echo of one that was made before the first text tells nothing of these.
  for (const write of before(course)) isPlain(write);
  const plain = course.writtenSince.map(isPlain);
  return course.writtenSince.map((write, index) => ({
    ...write,
    index,
    from: plain[index] ? write.read : (echoOf(write, () => true)?.from ?? write.read),
  }));
}
