import type { Finding } from "./finding.ts";
import type { Path, Trouble } from "./trouble.ts";
import { printable } from "./words.ts";
import { entryOf, type YamlNode } from "./yaml/node.ts";
import { positions } from "./yaml/position.ts";

export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly root: YamlNode;
}

/** Nobody reads more, and each 50 cost a request where they become annotations. */
const maxFindings = 300;

/** Gives mistakes their line and column: in the order of the text, each once. */
export function located(troubles: readonly Trouble[], { file, text, root }: SourceFile): Finding[] {
  const positionAt = positions(text);
  const unique = new Map<string, Finding>();
  for (const { path, at, offset, severity, message } of troubles) {
    const { line, column } = positionAt(offset ?? offsetOf(root, path, at ?? "value"));
    const finding = { severity: severity ?? "error", file, line, column, key: dotted(path), message };
    const same = `${line}:${column}:${message}`;
    // Aliases lead to the same place by several paths.
    if (!unique.has(same)) unique.set(same, finding);
  }
  const findings = [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const [shown, more] = [findings.slice(0, maxFindings), findings.slice(maxFindings)];
  const last = shown.pop();
  if (last === undefined) return [];
  return [
    ...shown,
    more.length === 0 ? last : { ...last, message: `${last.message} (and ${more.length} more below)` },
  ];
}

/** The place of a value; of the nearest key or value above it when it is not written. */
function offsetOf(root: YamlNode, path: Path, at: "key" | "value"): number {
  let offset = Math.max(root.start, 0);
  let node: YamlNode = root;
  for (const [depth, step] of path.entries()) {
    if (typeof step === "number") {
      const item = node.kind === "list" ? node.items[step] : undefined;
      if (item === undefined) return offset;
      offset = Math.max(item.start, item.start >= 0 ? 0 : node.start, 0);
      node = item;
    } else {
      const entry = entryOf(node, step);
      if (entry === undefined) return offset;
      if (entry.key.start >= 0) offset = entry.key.start;
      if (depth === path.length - 1 && at === "key") return offset;
      // A mapping or list below a key is best shown by the key; a value by itself.
      const simple = entry.value.kind === "scalar" || entry.value.kind === "bad";
      if (simple && entry.value.start >= 0) offset = entry.value.start;
      node = entry.value;
    }
  }
  return offset;
}

function dotted(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? printable(step) : `${text}.${printable(step)}`;
  }, "");
}
