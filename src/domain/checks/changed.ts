import { matcher } from "../glob.ts";
import type { Read } from "../problem.ts";
import type { FileList } from "../snapshot.ts";
import type { Outcome } from "./outcome.ts";
import { list, oneLine, quote } from "./text.ts";

/** Whether the pull request changes one of the files that a `changed` item names. */
export function decideChanged(globs: readonly string[], files: Read<FileList>): Outcome {
  if (!files.ok) {
    const { what, why } = files.problem;
    return not("unknown", "cannot be read", `Cannot read ${oneLine(what)}: ${why}`);
  }
  const matches = matcher(globs, "path");
  const found = files.value.paths.find((path) => matches(path));
  if (found !== undefined) {
    return { state: "green", summary: "changed", diagnosis: "", caution: null, evidence: [] };
  }
  const wanted = list(globs.slice(0, 5).map(quote), "or");
  if (!files.value.complete) {
    return not(
      "unknown",
      "cannot be told",
      `GitHub shows only the first ${files.value.paths.length} files of this pull request, and none of them matches ${wanted}. Split the pull request, or let this item be waived.`,
    );
  }
  return not("waiting", "not changed", `No changed file matches ${wanted}. Change one in this pull request.`);
}

const not = (state: "unknown" | "waiting", summary: string, diagnosis: string): Outcome => ({
  state,
  summary,
  diagnosis,
  caution: null,
  evidence: [],
});
