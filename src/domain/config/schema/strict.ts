import * as z from "zod";
import { didYouMean } from "../nearest.ts";
import { oneOf, quoted } from "../words.ts";

/** A key that this version does not know yet, but that stands in the documentation of later ones. */
const later = new Set(["locked"]);

/**
 * An object that knows all its keys: an unknown one is a mistake and never ignored.
 * The message of an unknown-key issue has one line for each key, in the order of `issue.keys`.
 */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key, known)).join("\n")
        : undefined,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  if (later.has(key)) return notSupported(`${quoted(key)} is`);
  const near = didYouMean(key, known);
  return `Unknown key ${quoted(key)}${near === "" ? `: known here are ${oneOf(known).replace(/ or /, " and ")}` : near}`;
}

/** Ignoring what somebody asked for would open a gate: it is refused. */
export const notSupported = (what: string): string => `${what} not supported by this version`;
