import type { BlockReading } from "../block/reading.ts";
import { hash } from "../hash.ts";
import type { Answer, Ledger } from "../ledger.ts";
import type { ReadBlock } from "../sign-off/operations.ts";
import type { PlacedEdit } from "../sign-off/timeline.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";

/** What stands behind each question, by `item/question`. */
export type Answers = ReadonlyMap<string, string>;

/**
 * What the description shall say behind each question: what the ledger knows. Its texts may be cut, so that a long
 * answer is taken from the description where it stands there, or from an edit that wrote or erased it.
 */
export function answersToShow(
  ledger: Ledger,
  reading: BlockReading,
  edits: readonly PlacedEdit[],
  read: ReadBlock,
  { explained, history }: Snapshot,
  needs: Needs,
): Answers {
  const known = Object.entries(ledger.items).flatMap(([item, { answers }]) =>
    Object.entries(answers).map(([question, answer]) => [`${item}/${question}`, answer] as const),
  );
  const cut = known.filter(([key, answer]) => isCut(answer) && !isWhole(answer, reading.answers.get(key)));
  const found = new Map<string, string>();
  if (cut.length > 0) {
    const texts = [...edits.toReversed().flatMap(({ from, to }) => [from, to]), explained?.seen.body];
    for (const text of new Set(texts)) {
      if (text === undefined || text === null) continue;
      const { answers } = read(text);
      for (const [key, answer] of cut) {
        const whole = answers.get(key);
        if (whole !== undefined && isWhole(answer, whole)) found.set(key, whole);
      }
    }
    if (history === null && cut.some(([key]) => !found.has(key))) needs.add({ kind: "history" });
  }
  return new Map([
    ...reading.answers,
    ...known.map(([key, answer]): [string, string] => {
      const shown = reading.answers.get(key);
      return [key, isWhole(answer, shown) ? (shown ?? "") : (found.get(key) ?? answer.text)];
    }),
  ]);
}

const isWhole = (answer: Answer, text: string | undefined): boolean =>
  text !== undefined && hash(text) === answer.hash;

const isCut = (answer: Answer): boolean => !isWhole(answer, answer.text);
