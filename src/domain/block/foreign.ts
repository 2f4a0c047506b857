import { normaliseLine } from "./identity.ts";
import { dedent, indentOf, isBlank } from "./lines.ts";
import type { IsOurs } from "./region.ts";

/** No line of the app is longer before its marker; more is not searched. */
const LONGEST_LINE = 2_000;

/** What people wrote into a line of the app before its marker. */
export interface OwnWords {
  /** The line starts as the app writes it. */
  readonly known: boolean;
  readonly words: string;
}

/** Looks for the longest beginning that, with the marker behind it, is a line of the app: the rest is people's. */
export function ownWords(head: string, mark: string, isOurs: IsOurs): OwnWords {
  if (isOurs(normaliseLine(head + mark))) return { known: true, words: "" };
  for (let end = Math.min(head.length, LONGEST_LINE); end > 0; end -= 1) {
    if (head[end] !== " " && head[end] !== "\t") continue;
    if (isOurs(normaliseLine(`${head.slice(0, end)} ${mark}`)))
      return { known: true, words: head.slice(end).trim() };
  }
  const words = head.trim().replace(/^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/, "");
  return {
    known: false,
    words: words
      .trim()
      .replace(/^\[[ \txX]\](?=[ \t]|$)/, "")
      .trim(),
  };
}

/** Chunks of lines that stood apart, with a blank line between them and without the indentation they share. */
export function foreignText(chunks: readonly (readonly string[])[], eol: string): string {
  return chunks
    .map((chunk) => tidyChunk(chunk).join(eol))
    .filter((text) => text !== "")
    .join(eol + eol);
}

function tidyChunk(chunk: readonly string[]): string[] {
  const written = chunk.flatMap((line, index) => (isBlank(line) ? [] : [index]));
  const first = written[0];
  if (first === undefined) return [];
  const lines = chunk.slice(first, (written.at(-1) ?? first) + 1);
  const shared = Math.min(...written.map((index) => indentOf(chunk[index] ?? "")));
  return lines.map((line) => dedent(line, shared));
}
