import type { Finding } from "../domain/config/finding.ts";
import type { ConfigFile } from "./config-file.ts";
import { harmless } from "./harmless.ts";
import { painter } from "./paint.ts";

/** Longer lines are cut around the place. */
const width = 100;

/**
 * A finding as compilers show it, so that editors find the place:
 *
 *     .github/release.yml:7:7: error: Unknown key "titel" (did you mean "title"?)
 *       7 |       titel: CI is green
 *         |       ^
 *
 * @param source The file that was asked for, to show the line. A finding in a file that it extends shows its place only.
 */
export function showFinding(finding: Finding, source: ConfigFile, colours: boolean): string {
  const paint = painter(colours);
  const { file, line, column, severity, message } = finding;
  const tone = severity === "error" ? "red" : "yellow";
  const heading = `${paint("bold", `${file}:${line}:${column}:`)} ${paint(tone, `${severity}:`)} ${message}`;

  if (file !== source.file) return heading;
  const written = source.text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)[line - 1] ?? "";
  const skipped = Math.max(0, column - 1 - Math.floor(width / 2));
  const shown = harmless(written.slice(skipped, skipped + width));
  const before = shown.slice(0, column - 1 - skipped).replace(/[^\t]/g, " ");
  const margin = " ".repeat(String(line).length);
  return [
    heading,
    `  ${paint("dim", `${line} |`)} ${shown}`,
    `  ${paint("dim", `${margin} |`)} ${before}${paint(tone, "^")}`,
  ].join("\n");
}
