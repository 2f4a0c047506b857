import type * as z from "zod";
import { didYouMean } from "../nearest.ts";
import type { Path, Trouble } from "../trouble.ts";
import { oneOf, printable, quoted } from "../words.ts";

/** Words for what the schema refuses. They follow the name of the key: `"enforcement" must be one of …`. */
export const words: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `${mustBe(typeWord(issue.expected), issue.input)}${quoteIt(issue.expected, issue.input)}`;
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return `${mustBe(oneOf(issue.values.map(given)), issue.input)}${
        typeof issue.input === "string" ? didYouMean(issue.input, issue.values.map(String)) : ""
      }`;
    case "invalid_union":
      return `${mustBe(oneOf(expectedOf(issue.errors)), issue.input)}${
        expectedOf(issue.errors).includes("text") ? quoteIt("string", issue.input) : ""
      }`;
    case "too_small":
      return issue.origin === "array"
        ? "must not be empty: give at least one entry, or leave the key out"
        : `must be ${issue.minimum} or more`;
    case "too_big":
      return issue.origin === "array"
        ? `has too many entries: at most ${issue.maximum} are allowed`
        : `must be ${issue.maximum} or less`;
    default:
      return "is not what it should be";
  }
};

/** Turns what the schema found into mistakes with paths into the file. */
export function troublesOf(issues: readonly z.core.$ZodIssue[], at: Path): Trouble[] {
  return issues.flatMap((issue): Trouble[] => {
    const path: Path = [...at, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
    switch (issue.code) {
      case "unrecognized_keys": {
        const messages = issue.message.split("\n");
        return issue.keys.map((key, index) => ({
          path: [...path, key],
          at: "key",
          message: messages[index] ?? `Unknown key ${quoted(key)}`,
        }));
      }
      case "invalid_key":
        return troublesOf(issue.issues, path).map((trouble) => ({ ...trouble, at: "key" }));
      case "invalid_union": {
        const meant = meantBranch(issue.errors);
        return meant === undefined
          ? [{ path, message: subject(path, issue.message) }]
          : troublesOf(meant, path);
      }
      case "custom":
        return [{ path, message: issue.message }];
      default:
        return [{ path, message: subject(path, issue.message) }];
    }
  });
}

/** The branch of a union whose type fits: its complaints are about what somebody meant to write. */
function meantBranch(errors: readonly (readonly z.core.$ZodIssue[])[]) {
  const fitting = errors.filter((issues) => !issues.some(isOtherType));
  // A list of words fits "one word" worse than "a list of words", though the schema calls both a wrong value.
  return fitting.find((issues) => !issues.some(isOtherValue)) ?? fitting[0];
}

function isOtherType(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === "invalid_type" ||
    (issue.code === "invalid_union" && meantBranch(issue.errors) === undefined)
  );
}

function isOtherValue(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === "invalid_value" ||
    (issue.code === "invalid_union" && (meantBranch(issue.errors) ?? []).some(isOtherValue))
  );
}

function expectedOf(errors: readonly (readonly z.core.$ZodIssue[])[]): string[] {
  const words = errors.flat().flatMap((issue) => {
    if (issue.code === "invalid_union") return expectedOf(issue.errors);
    return issue.code === "invalid_type" ? [typeWord(issue.expected)] : [];
  });
  return [...new Set(words)];
}

function subject(path: Path, message: string): string {
  const last = path.at(-1);
  if (typeof last === "string") return `${quoted(last)} ${message}`;
  const list = path.findLast((step) => typeof step === "string");
  return list === undefined
    ? `This ${message}`
    : `Entry ${Number(last) + 1} of ${quoted(String(list))} ${message}`;
}

function typeWord(expected: string): string {
  switch (expected) {
    case "string":
      return "text";
    case "array":
      return "a list";
    case "object":
    case "record":
      return "a mapping with keys";
    case "boolean":
      return "true or false";
    case "int":
    case "number":
      return "a whole number";
    default:
      return expected;
  }
}

function mustBe(wanted: string, input: unknown): string {
  return input === null ? `is empty: it must be ${wanted}` : `must be ${wanted}, not ${given(input)}`;
}

function given(input: unknown): string {
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a mapping";
  if (typeof input === "string") return quoted(input);
  return typeof input === "number" ? `the number ${input}` : printable(String(input));
}

function quoteIt(expected: string, input: unknown): string {
  const scalar = typeof input === "number" || typeof input === "boolean";
  return expected === "string" && scalar ? ": put it into quotation marks" : "";
}
