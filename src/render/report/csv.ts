import type { Report } from "../../domain/report/report.ts";

/** One row for each release, for a spreadsheet (RFC 4180). Times are in seconds. */
export function reportAsCsv({ releases }: Report): string {
  const head = [
    "repository",
    "pull",
    "title",
    "url",
    "gate",
    "outcome",
    "failed",
    "opened",
    "ready",
    "merged",
    "production",
    "production_seen",
    "opened_to_ready",
    "commits",
  ];
  const rows = releases.map((row) => [
    row.release.repository,
    row.release.pull,
    row.release.title,
    row.release.url,
    row.verdict,
    row.outcome,
    row.failed,
    row.opened,
    row.ready ?? "",
    row.merged,
    row.production,
    row.seen,
    row.openedToReady ?? "",
    row.commits,
  ]);
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

/** A spreadsheet would take a text that begins like a formula for one. */
function cell(value: string | number | boolean): string {
  const text = String(value);
  const harmless = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
