import * as z from "zod";
import { didYouMean } from "../nearest.ts";
import { oneOf, quoted } from "../words.ts";

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
  const near = didYouMean(key, known);
  return `Unknown key ${quoted(key)}${near === "" ? `: known here are ${oneOf(known).replace(/ or /, " and ")}` : near}`;
}
