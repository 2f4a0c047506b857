import type { Problem } from "../../domain/problem.ts";
import { attempt } from "../errors.ts";

/** A file that must be read and cannot be: nothing that rests on it can be decided. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.why);
    this.problem = problem;
  }
}

export const notFound = "GitHub does not find it: it does not exist, or the app may not see it (404)";

/** A file that somebody asked for is not taken for absent: the reason says who asks, and what to do. */
export async function readable<T>(
  file: string,
  by: string,
  repository: string,
  reading: () => Promise<T>,
): Promise<T> {
  const result = await attempt(file, reading).catch((error: unknown) => {
    if (error instanceof UnreadableFile && error.problem.what === file)
      return { ok: false, problem: error.problem } as const;
    throw error;
  });
  if (result.ok) return result.value;
  const remedy = `${by} extends it: install the app on ${repository} or make that public, put the file there, or correct "extends"`;
  throw new UnreadableFile({ what: file, why: `${result.problem.why}. ${remedy}` });
}
