import type { Outcome } from "../checks/outcome.ts";
import { oneLine, quote, short } from "../checks/text.ts";
import type { Needs } from "../decide/circumstances.ts";
import { matcher } from "../glob.ts";
import type { Problem } from "../problem.ts";
import type { Snapshot, Tag } from "../snapshot.ts";

/** GitHub tells no dates of tags: so many of the highest versions that match are looked at. */
const looked = 10;

/** Whether a tag of such a name points at the merge commit, or contains it. */
export function taggedOutcome(patterns: readonly string[], snapshot: Snapshot, needs: Needs): Outcome {
  const found = holding(patterns, snapshot, needs);
  if (found.kind !== "tags") return found.outcome;
  const [first] = found.tags;
  const { sha } = snapshot.pull.head;
  if (first === undefined)
    return waiting(
      "no tag yet",
      `No tag named ${names(patterns)} contains ${short(sha)}. Make one, and push it.`,
    );
  const name = oneLine(first.name);
  return green(first.sha === sha ? `tagged ${name}` : `in ${name}, at ${short(first.sha)}`);
}

/** Whether such a tag has a published release. */
export function releasedOutcome(patterns: readonly string[], snapshot: Snapshot, needs: Needs): Outcome {
  const found = holding(patterns, snapshot, needs);
  if (found.kind !== "tags") return found.outcome;
  const releases = snapshot.follow?.releases ?? null;
  if (releases === null) {
    needs.add({ kind: "releases" });
    return unread;
  }
  if (!releases.ok) return unreadable(releases.problem);
  const published = releases.value.find(({ tag }) => found.tags.some(({ name }) => name === tag));
  if (published !== undefined)
    return {
      ...green(`published as ${oneLine(published.tag)}`),
      evidence: [{ label: oneLine(published.tag), url: published.url }],
    };
  const [first] = found.tags;
  return waiting(
    "not published yet",
    first === undefined
      ? `No tag named ${names(patterns)} contains ${short(snapshot.pull.head.sha)}, and so no release does. Publish one.`
      : `The tag ${oneLine(first.name)} has no published release. Publish it.`,
  );
}

type Holding =
  | { readonly kind: "tags"; readonly tags: readonly Tag[] }
  | { readonly kind: "not-read"; readonly outcome: Outcome };

/** Those that match and hold the merge commit. */
function holding(patterns: readonly string[], snapshot: Snapshot, needs: Needs): Holding {
  const tags = snapshot.follow?.tags ?? null;
  if (tags === null) {
    needs.add({ kind: "tags" });
    return { kind: "not-read", outcome: unread };
  }
  if (!tags.ok) return { kind: "not-read", outcome: unreadable(tags.problem) };
  const { sha } = snapshot.pull.head;
  const matching = tags.value.filter(({ name }) => matcher(patterns, "name")(name));
  const exact = matching.filter((tag) => tag.sha === sha);
  if (exact.length > 0) return { kind: "tags", tags: exact };
  const newest = matching.toSorted((a, b) => byVersion.compare(b.name, a.name)).slice(0, looked);
  const { comparisons } = snapshot;
  for (const tag of newest) if (!comparisons.has(tag.sha)) needs.add({ kind: "comparison", sha: tag.sha });
  const later = newest.filter((tag) => {
    const comparison = comparisons.get(tag.sha);
    return comparison?.ok === true && comparison.value.commits === 0;
  });
  return { kind: "tags", tags: later };
}

const byVersion = new Intl.Collator("en", { numeric: true });

const names = (patterns: readonly string[]): string => patterns.map(quote).join(" or ");

const base: Omit<Outcome, "state" | "summary"> = { diagnosis: "", caution: null, evidence: [] };
const green = (summary: string): Outcome => ({ ...base, state: "green", summary });
const waiting = (summary: string, diagnosis: string): Outcome => ({
  ...base,
  state: "waiting",
  summary,
  diagnosis,
});
const unread: Outcome = { ...base, state: "unknown", summary: "not read yet" };
const unreadable = (problem: Problem): Outcome => ({
  ...base,
  state: "failed",
  summary: "cannot be read",
  diagnosis: `${problem.what} cannot be read: ${problem.why}`,
});
