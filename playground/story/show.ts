/** Markdown and messages as plain text for a terminal. */

const escaped = /\\([!-/:-@[-`{-~])/g;

/** Markdown as people read it: without hidden comments, tags and escapes; tables as columns. */
export function plain(markdown: string): string[] {
  const lines = markdown
    .replace(/\r\n/g, "\n")
    .replace(/[ \t]*<!--[\s\S]*?-->/g, "")
    .replace(/<\/?sub>/g, "")
    .split("\n");
  return collapse(lines.flatMap((line, index) => shown(line, index, lines)));
}

function shown(line: string, index: number, lines: readonly string[]): string[] {
  const cells = cellsOf(line);
  if (cells === null) return [text(line)];
  if (/^\|[-:|\s]+\|$/.test(line)) return [];
  const table = tableAround(index, lines);
  const widths = cells.map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  return [
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  ];
}

const text = (line: string): string =>
  line
    .replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, "$1")
    .replace(escaped, "$1")
    .replace(/(?<!\w)\*\*(.+?)\*\*/g, "$1")
    .trimEnd();

function cellsOf(line: string): string[] | null {
  if (!/^\|.*\|$/.test(line)) return null;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => text(cell.trim()));
}

function tableAround(index: number, lines: readonly string[]): string[][] {
  const rows: string[][] = [];
  let first = index;
  while (cellsOf(lines[first - 1] ?? "") !== null) first--;
  for (let at = first; ; at++) {
    const cells = cellsOf(lines[at] ?? "");
    if (cells === null) return rows;
    rows.push(cells);
  }
}

/** No two empty lines in a row, none at the beginning or end. */
const collapse = (lines: readonly string[]): string[] =>
  lines
    .filter((line, index) => line !== "" || (index > 0 && lines[index - 1] !== ""))
    .join("\n")
    .trim()
    .split("\n");

/** An item of the block with what stands below it. */
export function itemOf(body: string, id: string): string[] {
  const lines = body.replace(/\r\n/g, "\n").split("\n");
  const start = lines.findIndex((line) => new RegExp(`<!-- item:${id}[@ ]`).test(line));
  if (start < 0) return [];
  const length = lines.slice(start + 1).findIndex((line) => !line.startsWith("  "));
  return plain(lines.slice(start, length < 0 ? undefined : start + 1 + length).join("\n"));
}

/** The part of a check's summary under this heading. */
export function section(summary: string, heading: string): string[] {
  const parts = summary.split(/^(?=### )/m);
  const part = parts.find((one) => one.startsWith(`### ${heading}\n`));
  return part === undefined ? [] : plain(part.replace(/<sub>[\s\S]*$/, "").replace(/\n\n\|[\s\S]*$/, ""));
}
