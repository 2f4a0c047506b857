import type { Node, RangeVar, TypeName } from "libpg-query";

/** The kind of a node, such as `AlterTableStmt`. */
export type NodeKind = Node extends infer Each ? (Each extends unknown ? keyof Each : never) : never;
export type NodeOf<Kind extends NodeKind> =
  Extract<Node, Record<Kind, unknown>> extends Record<Kind, infer Inner> ? Inner : never;

/** The kind and content of a node. Every node is an object with one field, named after its kind. */
export function opened(node: Node): { kind: NodeKind; inner: Record<string, unknown> } {
  const [entry] = Object.entries(node);
  return { kind: (entry?.[0] ?? "") as NodeKind, inner: (entry?.[1] ?? {}) as Record<string, unknown> };
}

/** The content of a node when it is of this kind. */
export function as<Kind extends NodeKind>(node: Node | undefined, kind: Kind): NodeOf<Kind> | undefined {
  return (node as Record<string, unknown> | undefined)?.[kind] as NodeOf<Kind> | undefined;
}

/** Visits every node below and including this value, without recursion: trees can be deep. */
export function walk(root: unknown, visit: (kind: string, inner: unknown) => void): void {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value).reverse()) {
      if (typeof child !== "object" || child === null) continue;
      if (/^[A-Z]/.test(key)) visit(key, child);
      open.push(child);
    }
  }
}

/** Whether a node of these kinds stands below. */
export function holds(root: unknown, ...kinds: readonly NodeKind[]): boolean {
  let found = false;
  walk(root, (kind) => {
    found ||= (kinds as readonly string[]).includes(kind);
  });
  return found;
}

/** A name's parts, such as `["public", "users"]`, in whatever way the tree writes it. */
export function nameParts(node: Node | undefined): string[] {
  if (node === undefined) return [];
  const { kind, inner } = opened(node);
  if (kind === "String") return [String(inner.sval ?? "")];
  if (kind === "List") return stringsOf(inner.items as Node[] | undefined);
  if (kind === "TypeName") return stringsOf(inner.names as Node[] | undefined);
  if (kind === "ObjectWithArgs") return stringsOf(inner.objname as Node[] | undefined);
  if (kind === "RangeVar") return relationParts(inner as RangeVar);
  return [];
}

export const stringsOf = (nodes: readonly Node[] | undefined): string[] =>
  (nodes ?? []).map((node) => as(node, "String")?.sval ?? "");

export const relationParts = ({ schemaname, relname }: RangeVar): string[] =>
  [schemaname, relname].filter((part) => part !== undefined);

/** The name of a type without the schema of PostgreSQL's own, such as `int4` or `app.mood`. */
export function typeNameOf(type: TypeName | undefined): string {
  const parts = stringsOf(type?.names);
  return (parts[0] === "pg_catalog" ? parts.slice(1) : parts).join(".");
}
