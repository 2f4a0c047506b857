/** A YAML value that knows where it stands. Aliases are resolved: a node may have several parents. */
export type YamlNode = ScalarNode | ListNode | MapNode | BadNode;

interface Placed {
  /** Offset into the text; -1 for a value that is not written, such as that of `key:`. */
  readonly start: number;
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: unknown;
  /** As written, without quotes. */
  readonly raw: string;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export interface MapNode extends Placed {
  readonly kind: "map";
  /** In order, duplicates included. */
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** What cannot be understood. It is a mistake only where somebody looks at it. */
export interface BadNode extends Placed {
  readonly kind: "bad";
  readonly message: string;
}

/** The entry of a key; with duplicates the first one. */
export function entryOf(node: YamlNode | undefined, key: string): MapEntry | undefined {
  if (node?.kind !== "map") return undefined;
  return node.entries.find((entry) => entry.key.kind === "scalar" && entry.key.raw === key);
}
