import type { Incident, Merge } from "./merge.ts";

/** So many are kept: one is reason enough to look back. */
const kept = 20;

/** With those that were not known yet. */
export function withIncidents(merge: Merge, incidents: readonly Incident[]): Merge {
  const fresh = incidents.filter(
    ({ link }, index) =>
      !merge.incidents.some((known) => known.link === link) &&
      incidents.findIndex((other) => other.link === link) === index,
  );
  return fresh.length === 0 ? merge : { ...merge, incidents: [...merge.incidents, ...fresh].slice(0, kept) };
}

/** Issues with this label tell of an incident. */
export const incidentLabel = "incident";

/** Numbers of issues and pull requests of the repository that a text names: `#12`, or their address. */
export function mentioned(text: string, repo: { readonly owner: string; readonly name: string }): number[] {
  const full = `${repo.owner}/${repo.name}`.toLowerCase();
  const found = [
    ...text.matchAll(/([\w.-]+\/[\w.-]+)?#(\d{1,9})\b|\/([\w.-]+\/[\w.-]+)\/(?:pull|issues)\/(\d{1,9})\b/g),
  ];
  const numbers = found.flatMap(([, before, number, path, other]) => {
    const where = (before ?? path)?.toLowerCase();
    return where === undefined || where === full ? [Number(number ?? other)] : [];
  });
  return [...new Set(numbers)];
}
