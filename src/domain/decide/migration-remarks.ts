import type { Checklist } from "../config/checklist.ts";
import type { Snapshot } from "../snapshot.ts";

/** So many findings are told one by one. */
const told = 10;

/** What was found in the release's SQL, where an item asks for it: file, line, what it does and what would be safe. */
export function migrationRemarks(checklist: Checklist, { migrations }: Snapshot): string[] {
  if (migrations === null || !checklist.items.some((item) => item.when?.migrations !== undefined)) return [];
  if (!migrations.ok)
    return [
      `${migrations.problem.what} cannot be read: ${migrations.problem.why} They count as destructive.`,
    ];
  const { files, count } = migrations.value;
  const findings = files.flatMap((file) => file.findings);
  const order = { destructive: 0, risky: 1, unparsed: 2 };
  const shown = findings.toSorted((a, b) => order[a.severity] - order[b.severity]).slice(0, told);
  const all = count.destructive + count.risky + count.unparsed;
  const rest = all > shown.length ? [`… and ${all - shown.length} more findings in the migrations.`] : [];
  const unparsed =
    count.unparsed > 0
      ? [`${count.unparsed} of the findings are SQL that could not be looked into; it counts as risky.`]
      : [];
  return [
    ...shown.map(
      ({ severity, file, line, statement, why, whatInstead }) =>
        `${severity === "unparsed" ? "not looked into" : severity}: ${file}:${line}${statement === "" ? "" : ` \`${statement.replaceAll("`", "'")}\``}: ${why} ${whatInstead}`,
    ),
    ...rest,
    ...unparsed,
  ];
}
