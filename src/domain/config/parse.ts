import type { Finding } from "./finding.ts";
import { located, type SourceFile } from "./locate.ts";
import { itemTroubles } from "./merge.ts";
import { didYouMean } from "./nearest.ts";
import { salvage } from "./salvage.ts";
import { checklistSchema, type RawChecklist } from "./schema/checklist-schema.ts";
import { troublesOf, words } from "./schema/issues.ts";
import type { Trouble } from "./trouble.ts";
import { quoted } from "./words.ts";
import { entryOf, type YamlNode } from "./yaml/node.ts";
import { toPlain } from "./yaml/plain.ts";
import { positions } from "./yaml/position.ts";
import { parseYaml } from "./yaml/tree.ts";

/** A configuration file by itself: what was written, before it is put together with what it extends. */
export type Parsed =
  /** The file has no `checklist` key. Findings are warnings, such as a misspelt key. */
  | { readonly kind: "none"; readonly findings: readonly Finding[] }
  | { readonly kind: "parsed"; readonly raw: RawChecklist; readonly source: SourceFile }
  | { readonly kind: "broken"; readonly findings: readonly Finding[] };

const maxBytes = 64 * 1024;

/** The key of ours, in a file that GitHub reads as well. */
export const ours = "checklist";

/** @param file The path as people know it, for the findings. */
export function parseConfig(text: string, file: string): Parsed {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > maxBytes) {
    return broken(text, file, 0, `This file has ${bytes} bytes: at most ${maxBytes} (64 KiB) are read`);
  }
  const parsed = parseYaml(text);
  if (parsed.kind === "mistake") return broken(text, file, parsed.mistake.offset, parsed.mistake.message);

  const root = parsed.documents.find((document) => entryOf(document, ours) !== undefined);
  if (root === undefined) return { kind: "none", findings: misspelt(text, file, parsed.documents[0]) };

  const source = { file, text, root };
  if (parsed.documents.length > 1) {
    const message = 'This file has several YAML documents, parted by "---": it must be one';
    return { kind: "broken", findings: located([{ path: [ours], at: "key", message }], source) };
  }
  return parseChecklist(source);
}

function parseChecklist(source: SourceFile): Parsed {
  const broken = (troubles: readonly Trouble[]): Parsed => ({
    kind: "broken",
    findings: located(troubles, source),
  });
  const twice = secondKey(source.root);
  if (twice !== null) return broken([twice]);

  const plain = toPlain((entryOf(source.root, ours) as { value: YamlNode }).value, [ours]);
  if (plain.troubles.length > 0) return broken(plain.troubles);

  // `checklist:` with nothing behind it: everything as it is by default.
  const result = checklistSchema.safeParse(plain.value ?? {}, { error: words });
  if (!result.success) {
    const rest = itemTroubles(salvage(plain.value)?.items ?? [], [ours, "items"]);
    return broken([...troublesOf(result.error.issues, [ours]), ...rest]);
  }
  return { kind: "parsed", raw: result.data, source };
}

function secondKey(root: YamlNode): Trouble | null {
  if (root.kind !== "map") return null;
  const [, second] = root.entries.filter(({ key }) => key.kind === "scalar" && key.raw === ours);
  if (second === undefined) return null;
  return { path: [ours], offset: second.key.start, message: `"${ours}" is given twice` };
}

function broken(text: string, file: string, offset: number, message: string): Parsed {
  return {
    kind: "broken",
    findings: [{ severity: "error", file, ...positions(text)(offset), key: "", message }],
  };
}

/** A file without our key is not ours; but `cheklist` probably was meant to be. */
function misspelt(text: string, file: string, root: YamlNode | undefined): Finding[] {
  if (root === undefined) return [];
  const at = { file, text, root };
  if (root.kind !== "map") {
    if (root.kind === "scalar" && root.value === null) return [];
    const message = `There are no keys in this file: without "${ours}" nothing is checked here`;
    return located([{ path: [], severity: "warning", message }], at);
  }
  const troubles = root.entries.flatMap(({ key }): Trouble[] => {
    if (key.kind !== "scalar" || key.raw === "changelog") return [];
    const hint = didYouMean(key.raw, [ours]);
    if (hint === "") return [];
    const message = `Unknown key ${quoted(key.raw)}${hint}: without "${ours}" nothing is checked here`;
    return [{ path: [key.raw], at: "key", severity: "warning", message }];
  });
  return located(troubles, at);
}
