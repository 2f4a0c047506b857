import type { Path, Trouble } from "../trouble.ts";
import type { YamlNode } from "./node.ts";

const maxNodes = 20_000;

/** The nodes as plain values for the schema, with what YAML itself forbids below this node. */
export function toPlain(
  root: YamlNode,
  at: Path,
): { readonly value: unknown; readonly troubles: readonly Trouble[] } {
  const troubles: Trouble[] = [];
  let nodes = 0;

  const visit = (node: YamlNode, path: Path): unknown => {
    // Aliases of aliases grow exponentially: count what is visited, not what is written.
    if (++nodes > maxNodes) return null;
    switch (node.kind) {
      case "bad":
        troubles.push({ path, message: node.message });
        return null;
      case "scalar":
        return node.value;
      case "list":
        return node.items.map((item, index) => visit(item, [...path, index]));
      case "map": {
        const entries = new Map<string, unknown>();
        for (const { key, value } of node.entries) {
          if (key.kind !== "scalar") {
            troubles.push({
              path,
              offset: key.start,
              message: "A key must be a plain word, not a list or a mapping",
            });
            continue;
          }
          const below = [...path, key.raw];
          if (entries.has(key.raw)) {
            troubles.push({
              path: below,
              at: "key",
              offset: key.start,
              message: `"${key.raw}" is given twice`,
            });
          } else if (key.raw === "__proto__") {
            // A record would drop it without a word.
            troubles.push({ path: below, at: "key", message: '"__proto__" is reserved: choose another key' });
          } else if (key.raw === "<<") {
            troubles.push({
              path: below,
              at: "key",
              message: 'Merge keys ("<<") are not supported: write the keys out',
            });
          } else {
            entries.set(key.raw, visit(value, below));
          }
        }
        return Object.fromEntries(entries);
      }
    }
  };

  const value = visit(root, at);
  if (nodes > maxNodes) return { value: null, troubles: [{ path: at, message: tooLarge }] };
  return { value, troubles };
}

const tooLarge = `The aliases in here unfold to more than ${maxNodes} values: write less, or fewer aliases`;
