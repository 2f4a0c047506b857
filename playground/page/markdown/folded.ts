import type { Html, Nodes } from "mdast";

/** Siblings that are shown only when somebody opens them. */
export interface Folded {
  readonly summary: string;
  readonly inside: readonly Nodes[];
}

const begin = /^<details>\s*<summary>([^<]*)<\/summary>\s*$/;
const end = /^\s*<\/details>\s*$/;

const isHtml = (node: Nodes): node is Html => node.type === "html";

/** What stands between `<details><summary>…</summary>` and `</details>` becomes one; everything else stays as it is. */
export function folded(siblings: readonly Nodes[]): (Nodes | Folded)[] {
  const shown: (Nodes | Folded)[] = [];
  for (let at = 0; at < siblings.length; at++) {
    const node = siblings[at] as Nodes;
    const summary = isHtml(node) ? begin.exec(node.value)?.[1] : undefined;
    const length = siblings.slice(at).findIndex((one) => isHtml(one) && end.test(one.value));
    if (summary === undefined || length < 0) {
      shown.push(node);
      continue;
    }
    shown.push({ summary, inside: siblings.slice(at + 1, at + length) });
    at += length;
  }
  return shown;
}
