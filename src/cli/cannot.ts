import { classify, PassingFault } from "../github/errors.ts";

/** A command cannot do what it was asked for. The message says why, and what would be right. It ends with 2. */
export class Cannot extends Error {
  override readonly name = "Cannot";
}

/** Why, for people. Errors that are neither ours nor GitHub's are thrown on: they are mistakes of this program. */
export function inWords(error: unknown): string {
  if (error instanceof Cannot) return error.message;
  const meaning = classify(error);
  return meaning instanceof PassingFault ? meaning.message : meaning.why;
}

/** Does it, and says what it was about when it cannot be done. */
export async function doing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Cannot(`${what}: ${inWords(error)}`);
  }
}
