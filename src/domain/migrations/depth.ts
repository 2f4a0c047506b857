import { tokens } from "./lexer.ts";

/** Below this many characters nothing can nest too deep. */
const shortEnough = 1_000;
const limit = 5_000;
const bracketWeight = 5;
const setOperations = /^(?:union|intersect|except)$/i;

/** What may still grow at one level of brackets: since the last comma, and whatever commas there are. */
interface Level {
  sinceComma: number;
  chained: number;
}

/**
 * Whether the tree of a statement could be so deep that the parser runs out of stack while it writes it down, which
 * it does not survive: it breaks off in the middle and is of no use afterwards. Every operator can make the tree one
 * deeper, a bracket several; after a comma it starts anew, but not for `UNION`. The limit leaves room by half.
 */
export function nestsTooDeep(sql: string): boolean {
  if (sql.length < shortEnough) return false;
  const levels: Level[] = [{ sinceComma: 0, chained: 0 }];
  let total = 0;
  for (const { kind, start, end } of tokens(sql)) {
    if (kind === "space" || kind === "comment") continue;
    const level = levels.at(-1);
    if (level === undefined) return true;
    const character = sql[start];
    if (character === "(" || character === "[") {
      levels.push({ sinceComma: bracketWeight, chained: 0 });
      total += bracketWeight;
    } else if ((character === ")" || character === "]") && levels.length > 1) {
      total -= level.sinceComma + level.chained;
      levels.pop();
    } else if (character === "," || character === ";") {
      total -= level.sinceComma;
      level.sinceComma = 0;
      if (character === ";") {
        total -= level.chained;
        level.chained = 0;
      }
    } else {
      total++;
      if (kind === "word" && setOperations.test(sql.slice(start, end))) {
        level.chained += 2;
        total++;
      } else level.sinceComma++;
    }
    if (total > limit) return true;
  }
  return false;
}
