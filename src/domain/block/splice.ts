import { BOM, isBlank, splitLines } from "./lines.ts";
import { readBlock } from "./read.ts";
import type { BlockReading } from "./reading.ts";
import { type IsOurs, lastPair } from "./region.ts";
import { type Carrier, scan } from "./scan.ts";

/** What the app puts between the block and people's text: always one blank line, so that it can be told from theirs. */
const SEPARATORS = ["\r\n\r\n", "\n\n"] as const;
/** People's text on both sides of the block, and the white space that the app put between. */
export interface Sides {
  readonly before: string;
  readonly beforeGap: string;
  readonly afterGap: string;
  readonly after: string;
}

/**
 * "Outside" is everything but the block, the blank line that the app puts above a block that follows other text, and
 * the one below a block on top. So taking the block out gives back the bytes that were there before it was put in.
 */
export function sides({ found, before, after }: Pick<BlockReading, "found" | "before" | "after">): Sides {
  if (found === "none") return { before, beforeGap: "", afterGap: "", after };
  const beforeGap = SEPARATORS.find((gap) => before.endsWith(gap)) ?? "";
  const onTop = before === "" || before === BOM;
  const afterGap = onTop ? (SEPARATORS.find((gap) => after.startsWith(gap)) ?? "") : "";
  return {
    before: before.slice(0, before.length - beforeGap.length),
    beforeGap,
    afterGap,
    after: after.slice(afterGap.length),
  };
}

/** The sides as they will be once what people wrote into the block stands below it. */
export const settled = (reading: BlockReading): Sides =>
  sides({ ...reading, after: foreignBelow(reading) + reading.after });

/** What people wrote into the block, between the block and the text that follows it where it is. */
function foreignBelow({ foreign, after, eol }: BlockReading): string {
  return foreign === "" ? "" : eol + eol + foreign + (startsApart(after) ? "" : eol);
}

/** The bytes of a description that are people's alone; what they wrote inside the block is not among them. */
export function outside(body: string, isOurs: IsOurs): string {
  const { before, after } = sides(readBlock(body, isOurs));
  return before + after;
}

/**
 * The description with this block in it: where it was, else at the end, else on top when something open above would
 * swallow it. What people wrote inside the old block comes right below, with answers to questions that the new one
 * does not ask. Null when Markdown would show the block, or
 * a box in it, in none of these places.
 */
export function placeBlock(old: BlockReading, block: string): string | null {
  const reading = {
    ...old,
    foreign: [old.foreign, ...orphans(old, block)].filter(Boolean).join(old.eol + old.eol),
  };
  const gap = reading.eol + reading.eol;
  const foreign = reading.foreign === "" ? "" : gap + reading.foreign;
  const text = sides(reading);
  const rest = text.before + text.after;
  const [bom, body] = rest.startsWith(BOM) ? [BOM, rest.slice(1)] : ["", rest];
  const candidates: [string, string][] = [
    [rest === "" ? "" : rest + gap, foreign],
    [bom, foreign + (body === "" ? "" : gap + body)],
  ];
  if (reading.found !== "none") {
    candidates.unshift([reading.before, foreignBelow(reading) + reading.after]);
  }
  const found = candidates.find(([before, after]) => isShown(before, block, after));
  return found === undefined ? null : found[0] + block + found[1];
}

/** Answers that have no question any more. */
function orphans({ answers, eol }: BlockReading, block: string): string[] {
  const asked = new Set<string>();
  let item = "";
  for (const { kind, id } of scan(block).carriers) {
    if (kind === "item") item = id;
    else asked.add(`${item}/${id}`);
  }
  return [...answers].flatMap(([key, text]) => (asked.has(key) ? [] : [text.replaceAll("\n", eol)]));
}

/** Nothing, or a blank line first. */
const startsApart = (after: string): boolean =>
  splitLines(after)
    .slice(0, 2)
    .every(({ text }) => isBlank(text));

/** Whether Markdown shows the markers at top level, as the last pair, and every item as a box as in the block alone. */
function isShown(before: string, block: string, after: string): boolean {
  const whole = scan(before + block + after);
  const pair = lastPair(whole);
  if (pair === null) return false;
  const start = whole.lines[pair.first]?.start;
  const last = whole.lines[pair.last];
  const end = last === undefined ? -1 : last.start + last.text.length;
  const bom = start === 0 && before === BOM ? 1 : 0;
  if (start !== before.length - bom || end !== before.length + block.length) return false;
  const shown = whole.carriers.filter(({ line }) => line > pair.first && line < pair.last);
  return signature(shown, pair.first) === signature(scan(block).carriers, 0);
}

const signature = (carriers: readonly Carrier[], first: number): string =>
  JSON.stringify(
    carriers.map((carrier) => [
      carrier.line - first,
      carrier.kind,
      carrier.id,
      carrier.kind === "item" && [carrier.checked, carrier.sha],
    ]),
  );
