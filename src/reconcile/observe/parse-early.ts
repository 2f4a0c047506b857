import { mayHoldBlock } from "../../domain/block/markers.ts";
import { scan } from "../../domain/block/scan.ts";

/**
 * Parses descriptions while the look waits for GitHub, so that deciding finds them parsed. One at a time: between two
 * of them answers are taken.
 */
export function parseEarly(bodies: Iterable<string>): void {
  const rest = new Set(bodies).values();
  const parseNext = (): void => {
    const { value, done } = rest.next();
    if (done) return;
    if (mayHoldBlock(value)) scan(value);
    setImmediate(parseNext);
  };
  setImmediate(parseNext);
}
