import { answerFromLines } from "./answer.ts";
import { foreignText, ownWords } from "./foreign.ts";
import { ANSWER_INDENT, hasRest, normaliseLine } from "./identity.ts";
import { BOM, type Eol, eolOf, indentOf, isBlank } from "./lines.ts";
import { mayHoldBlock } from "./markers.ts";
import type { BlockReading, Box } from "./reading.ts";
import { countPairs, findRegion, type IsOurs, type Region } from "./region.ts";
import type { Carrier, Scan } from "./scan.ts";

/**
 * Reads the block in a description.
 * @param isOurs tells whether the app wrote a line, given as `normaliseLine` gives it; see `ownLines`.
 */
export function readBlock(body: string, isOurs: IsOurs): BlockReading {
  const eol = eolOf(body);
  const { seen, region } = mayHoldBlock(body) ? findRegion(body, isOurs) : { seen: null, region: null };
  if (seen === null || region === null) return { ...nothing, before: body, eol };
  const lineStart = seen.lines[region.first]?.start ?? 0;
  const start = lineStart === 0 && body.startsWith(BOM) ? 1 : lineStart;
  const lastLine = seen.lines[region.last];
  const end = (lastLine?.start ?? 0) + (lastLine?.text.length ?? 0);
  return {
    found: region.found,
    before: body.slice(0, start),
    block: body.slice(start, end),
    after: body.slice(end),
    ...readRegion(seen, region, isOurs, eol),
    eol,
    copies: countPairs(seen) - (region.found === "whole" ? 1 : 0),
  };
}

const nothing = {
  found: "none",
  block: "",
  after: "",
  boxes: new Map(),
  answers: new Map(),
  foreign: "",
  copies: 0,
} as const;

type Contents = Pick<BlockReading, "boxes" | "answers" | "foreign">;

function readRegion(seen: Scan, region: Region, isOurs: IsOurs, eol: Eol): Contents {
  const contents = new Gatherer();
  const carriers = new Map(seen.carriers.map((carrier) => [carrier.line, carrier]));
  const markers = new Set([...seen.begins, ...seen.ends]);
  for (let index = region.first; index <= region.last; index += 1) {
    const text = seen.lines[index]?.text ?? "";
    const carrier = carriers.get(index);
    if (markers.has(index)) contents.end();
    else if (carrier?.kind === "item") contents.item(carrier, text, isOurs);
    else if (carrier?.kind === "answer") contents.question(carrier.id, carrier, text, isOurs);
    else if (isBlank(text)) contents.blank();
    else if (isWritten(text, contents.inAnswer, isOurs)) contents.end();
    else contents.text(text);
  }
  return contents.finish(eol);
}

const isWritten = (text: string, inAnswer: boolean, isOurs: IsOurs): boolean =>
  !(inAnswer && indentOf(text) >= ANSWER_INDENT) && !hasRest(text) && isOurs(normaliseLine(text));

type Place = Pick<Carrier, "from" | "to">;

/** Sorts the lines of a block into boxes, answers and what else people wrote. */
class Gatherer {
  readonly #boxes = new Map<string, Box>();
  readonly #answers = new Map<string, string>();
  readonly #foreign: string[][] = [];
  #item: string | null = null;
  /** Where lines of people go at present: to an answer, or to one chunk of their own text. */
  #answer: { readonly key: string; readonly rest: string; readonly lines: string[] } | null = null;
  #chunk: string[] | null = null;

  get inAnswer(): boolean {
    return this.#answer !== null;
  }

  item(carrier: Carrier & { kind: "item" }, text: string, isOurs: IsOurs): void {
    this.end();
    const { id, checked, sha } = carrier;
    const other = this.#boxes.get(id);
    const box = other === undefined ? { checked, sha } : both(other, { checked, sha });
    this.#boxes.set(id, box);
    this.#item = id;
    const { words } = ownWords(text.slice(0, carrier.from), text.slice(carrier.from, carrier.to), isOurs);
    this.#foreign.push([joinWords(words, text.slice(carrier.to))]);
  }

  question(id: string, { from, to }: Place, text: string, isOurs: IsOurs): void {
    this.end();
    const { known, words } = ownWords(text.slice(0, from), text.slice(from, to), isOurs);
    if (!known) this.#foreign.push([words]);
    const rest = text.slice(to);
    const answer = known && words !== "" ? joinWords(words, rest) : rest;
    if (this.#item !== null) this.#answer = { key: `${this.#item}/${id}`, rest: answer, lines: [] };
    else this.text(answer.trim());
  }

  text(line: string): void {
    if (this.#answer !== null) this.#answer.lines.push(line);
    else if (this.#chunk !== null) this.#chunk.push(line);
    else {
      this.#chunk = [line];
      this.#foreign.push(this.#chunk);
    }
  }

  blank(): void {
    (this.#answer?.lines ?? this.#chunk)?.push("");
  }

  /** A line of the app: what people write after it belongs to nothing before it. */
  end(): void {
    this.#chunk = null;
    if (this.#answer === null) return;
    const { key, rest, lines } = this.#answer;
    this.#answer = null;
    const answer = answerFromLines(rest, lines);
    const other = this.#answers.get(key);
    this.#answers.set(key, other === undefined ? answer : bothAnswers(other, answer));
  }

  finish(eol: Eol): Contents {
    this.end();
    return { boxes: this.#boxes, answers: this.#answers, foreign: foreignText(this.#foreign, eol) };
  }
}

const both = (a: Box, b: Box): Box => ({
  checked: a.checked && b.checked,
  sha: a.sha === b.sha ? a.sha : null,
});

/** The same question twice: different answers are kept one below the other. */
const bothAnswers = (a: string, b: string): string => [...new Set([a, b])].filter(Boolean).join("\n\n");

const joinWords = (...words: readonly string[]): string =>
  words
    .map((part) => part.trim())
    .filter(Boolean)
    .join(" ");
