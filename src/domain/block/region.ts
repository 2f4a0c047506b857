import { normaliseLine } from "./identity.ts";
import { isBlank } from "./lines.ts";
import { FOOT, isBegin, isEnd } from "./markers.ts";
import { type Scan, type Span, scan, scanWithout } from "./scan.ts";

export type IsOurs = (line: string) => boolean;

export interface Region extends Span {
  readonly found: "whole" | "partial";
}

/** How often something that people opened inside the block is looked through. */
const MAX_VEILS = 16;

/** The last begin marker that has an end marker after it, with the first such end marker. */
export function lastPair({ begins, ends }: Scan): Span | null {
  const last = ends.at(-1) ?? -1;
  const first = begins.findLast((line) => line < last);
  const end = first === undefined ? undefined : ends.find((line) => line > first);
  return first === undefined || end === undefined ? null : { first, last: end };
}

/**
 * The block in a text and what can be seen in it. A fence, comment or HTML block that people opened inside the block
 * and that hides lines of the app is looked through, as if its first line were blank.
 */
export function findRegion(text: string, isOurs: IsOurs): { seen: Scan; region: Region | null } {
  const blanked = new Set<number>();
  let seen = scan(text);
  for (let round = 0; round < MAX_VEILS; round += 1) {
    const pair = lastPair(seen);
    const begin = pair?.first ?? seen.begins.at(-1);
    if (begin === undefined) break;
    const veil = seen.veils.find(
      (span) =>
        span.first > begin && (pair === null || span.first < pair.last) && hidesOurs(seen, span, isOurs),
    );
    if (veil === undefined) break;
    blanked.add(veil.first);
    seen = scanWithout(text, blanked);
  }
  const pair = lastPair(seen);
  return { seen, region: pair === null ? half(seen, isOurs) : { found: "whole", ...pair } };
}

/** A begin marker in it means that it is a quotation of a whole block, which is people's text. */
function hidesOurs({ lines }: Scan, { first, last }: Span, isOurs: IsOurs): boolean {
  for (let index = first + 1; index <= last; index += 1) {
    const text = lines[index]?.text.trim() ?? "";
    if (isBegin(text)) return false;
    if (isEnd(text) || (text.includes("<!--") && isOurs(normaliseLine(text)))) return true;
  }
  return false;
}

/** With one marker gone: from the begin marker down, or from the end marker up, as far as lines carry a mark. */
function half(seen: Scan, isOurs: IsOurs): Region | null {
  const begin = seen.begins.at(-1);
  const end = seen.ends.at(-1);
  if (begin === undefined && end === undefined) return null;
  const attached = seen.carriers.filter(({ line }) =>
    begin === undefined ? line < (end ?? 0) : line > begin,
  );
  if (begin !== undefined && end !== undefined && attached.length === 0) {
    return { found: "partial", first: end, last: begin };
  }
  const known = (index: number) => isOurs(normaliseLine(seen.lines[index]?.text ?? ""));
  if (begin === undefined) {
    const last = end ?? 0;
    return { found: "partial", first: upwards(seen, attached[0]?.line ?? last, known), last };
  }
  const lowest = attached.at(-1);
  const carried = lowest === undefined ? begin : lowest.kind === "answer" ? lowest.last : lowest.line;
  const foot = seen.lines.findIndex(
    ({ text }, index) => index > begin && text.trimStart().startsWith(FOOT) && known(index),
  );
  return { found: "partial", first: begin, last: downwards(seen, Math.max(carried, foot), known) };
}

/** Lines that the app wrote, and blank ones between them, go along. */
function upwards(seen: Scan, from: number, known: (index: number) => boolean): number {
  let first = from;
  for (let index = from - 1; index >= 0; index -= 1) {
    if (known(index)) first = index;
    else if (!isBlank(seen.lines[index]?.text ?? "")) break;
  }
  return first;
}

function downwards(seen: Scan, from: number, known: (index: number) => boolean): number {
  let last = from;
  for (let index = from + 1; index < seen.lines.length; index += 1) {
    if (known(index)) last = index;
    else if (!isBlank(seen.lines[index]?.text ?? "")) break;
  }
  return last;
}

/** Begin and end pairs that Markdown shows. */
export function countPairs({ begins, ends }: Scan): number {
  let count = 0;
  let from = -1;
  for (;;) {
    const begin = begins.find((line) => line > from);
    const end = begin === undefined ? undefined : ends.find((line) => line > begin);
    if (end === undefined) return count;
    count += 1;
    from = end;
  }
}
