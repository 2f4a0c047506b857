import type * as z from "zod";
import { checklistSchema, type RawChecklist } from "./schema/checklist-schema.ts";

/** More rounds would mean that taking things out never ends. */
const rounds = 5;

/**
 * What is left of a checklist when everything is taken out that the schema refuses, so that the rest can be looked at
 * as well, and nobody repairs one mistake only to hear of the next. It never decides anything. Null: nothing is left.
 */
export function salvage(value: unknown): RawChecklist | null {
  const rest: unknown = structuredClone(value);
  for (let round = 0; round < rounds; round++) {
    const result = checklistSchema.safeParse(rest);
    if (result.success) return result.data;
    for (const path of result.error.issues.flatMap(pathsOf)) if (!takeOut(rest, path)) return null;
  }
  return null;
}

type Step = string | number;
type Box = Record<Step, unknown>;

function pathsOf(issue: z.core.$ZodIssue): Step[][] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** Items keep their places, since these are what findings name. */
function takeOut(value: unknown, path: readonly Step[]): boolean {
  const last = path.findLastIndex((step) => typeof step === "string");
  if (last < 0) return false;
  const [list, index] = path;
  const isItem = list === "items" && typeof index === "number";
  if (isItem && (last === 0 || (last === 2 && path[2] === "id"))) {
    ((value as Box).items as Box)[index] = { id: `taken-out-${index}`, title: "-" };
    return true;
  }
  const key = path[last] as string;
  const box = path.slice(0, last).reduce<unknown>((at, step) => (at as Box | undefined)?.[step], value);
  if (typeof box !== "object" || box === null) return takeOut(value, path.slice(0, last));
  // What is missing is taken out with what it is missing from.
  if (!Object.hasOwn(box, key)) return takeOut(value, path.slice(0, last));
  delete (box as Box)[key];
  return true;
}
