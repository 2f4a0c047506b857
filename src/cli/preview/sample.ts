import { type GlobFlavour, matcher } from "../../domain/glob.ts";

/** A value that a list of patterns matches; null: none was found easily. */
export function sampleOf(patterns: readonly string[], flavour: GlobFlavour): string | null {
  const matches = matcher(patterns, flavour);
  const candidates = patterns
    .filter((pattern) => !pattern.startsWith("!"))
    .flatMap((pattern) => fillings.map((filling) => filled(pattern, filling)));
  return candidates.find((candidate) => candidate !== "" && matches(candidate)) ?? null;
}

/** What may stand for a star: a version in the name of a branch, a word elsewhere. */
const fillings = ["1.0", "example", "a"];

const filled = (pattern: string, filling: string): string =>
  pattern
    .replace(/^\*\*\//, "")
    .replace(/\*\*\/|(?<=\/)\*\*(?=\/)/g, "")
    .replace(/\*+/g, filling)
    .replace(/\[(.)[^\]]*\]/g, "$1")
    .replace(/[?+\\]/g, "");
