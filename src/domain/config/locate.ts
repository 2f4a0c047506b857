import type { Finding } from "./finding.ts";
import type { Path, Trouble } from "./trouble.ts";
import { printable } from "./words.ts";
import { entryOf, type YamlNode } from "./yaml/node.ts";
import { positionAt } from "./yaml/position.ts";

export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly root: YamlNode;
}

/** Gives a mistake its line and column. */
export function locate(trouble: Trouble, { file, text, root }: SourceFile): Finding {
  const offset = trouble.offset ?? offsetOf(root, trouble.path, trouble.at ?? "value");
  return {
    severity: trouble.severity ?? "error",
    file,
    ...positionAt(text, offset),
    key: dotted(trouble.path),
    message: trouble.message,
  };
}

/** In the order of the text, each once. */
export function located(troubles: readonly Trouble[], source: SourceFile): Finding[] {
  const findings = new Map<string, Finding>();
  for (const trouble of troubles) {
    const finding = locate(trouble, source);
    findings.set(`${finding.line}:${finding.column}:${finding.message}`, finding);
  }
  return [...findings.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The place of a value; of the nearest key or value above it when it is not written. */
function offsetOf(root: YamlNode, path: Path, at: "key" | "value"): number {
  let offset = Math.max(root.start, 0);
  let node: YamlNode = root;
  for (const [depth, step] of path.entries()) {
    if (typeof step === "number") {
      const item = node.kind === "list" ? node.items[step] : undefined;
      if (item === undefined) return offset;
      if (item.start >= 0) offset = item.start;
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
  return path.reduce<string>(
    (text, step) =>
      typeof step === "number"
        ? `${text}[${step}]`
        : text === ""
          ? printable(step)
          : `${text}.${printable(step)}`,
    "",
  );
}
