import * as z from "zod";
import { type GlobFlavour, globProblem } from "../../glob.ts";
import { parseParty } from "../party.ts";
import { quoted } from "../words.ts";

/** What a JSON Schema can say of a text: for editors, which know nothing of our rules. */
interface Hints {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * Text with a rule of its own: the rule gives a whole sentence, or null when the text is fine.
 *
 * @param hints Never stricter than the rule.
 */
export function ruled(problem: (value: string) => string | null, hints: Hints = {}) {
  return z
    .string()
    .check((context) => {
      const message = problem(context.value);
      if (message !== null) context.issues.push({ code: "custom", message, input: context.value });
    })
    .meta({ ...hints });
}

/** One line of text for people. */
export const line = (max: number) =>
  ruled((value) => {
    if (value.trim() === "") return "This text is empty";
    if (value.length > max) return `This text has ${value.length} characters: at most ${max} are allowed`;
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value.trimEnd())) return "This text must stand on one line";
    return null;
  }, textHints(max));

/** Code units, of which a text never has fewer than the characters that a JSON Schema counts. */
const textHints = (max: number): Hints => ({ minLength: 1, maxLength: max });

/** Text for people that may have several lines. */
export const paragraph = (max: number) =>
  ruled((value) => {
    if (value.trim() === "") return "This text is empty";
    return value.length > max ? `This text has ${value.length} characters: at most ${max} are allowed` : null;
  }, textHints(max));

/** Ids stand in hidden comments and commands, and are keys of records. */
export const id = ruled(
  (value) => {
    if (value === "constructor") return `${quoted(value)} is reserved: choose another id`;
    if (/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/.test(value) && !value.includes("--")) return null;
    return `${quoted(value)} is no id: use up to 50 lower-case letters, digits and single "-" between them`;
  },
  { pattern: "^[a-z0-9]+(?:-[a-z0-9]+)*$", maxLength: 50 },
);

export const party = ruled((value) => {
  const parsed = parseParty(value);
  return typeof parsed === "string" ? parsed : null;
});

export const login = ruled((value) => {
  const parsed = parseParty(value);
  return typeof parsed === "object" && parsed.type === "user"
    ? null
    : `${quoted(value)} is no login of a person or app`;
});

export const glob = (flavour: GlobFlavour) =>
  ruled((value) => {
    const problem = globProblem(value, flavour);
    return problem === null ? null : `The pattern ${quoted(value)} ${problem}`;
  });

/** One or several: a list means any of. */
export const oneOrMany = <Entry extends z.ZodType>(entry: Entry) =>
  z.union([entry, z.array(entry).min(1).max(100)]);

/** Patterns in order. Those with `!` only take away, so at least one must add. */
export const globs = (flavour: GlobFlavour) =>
  oneOrMany(glob(flavour)).check((context) => {
    if (asList(context.value).every((pattern) => pattern.startsWith("!"))) {
      const message = 'Patterns with "!" only take away: put one before them that matches, such as "**"';
      context.issues.push({ code: "custom", message, input: context.value });
    }
  });

export function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
