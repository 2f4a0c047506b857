import type { Checklist } from "./checklist.ts";
import { type FileExtension, keyOfFile, parseExtension } from "./extension.ts";
import type { Finding } from "./finding.ts";
import type { Locks } from "./locks/locks.ts";
import type { RawChecklist, RawTemplate } from "./schema/checklist-schema.ts";
import { asList } from "./schema/fields.ts";
import { defaultTemplate, readTemplate } from "./template.ts";
import type { Path, Trouble } from "./trouble.ts";
import { quoted } from "./words.ts";

/** What lies under a file: the later one lies over the earlier ones. */
export type Layer =
  | { readonly kind: "template"; readonly name: string; readonly template: RawTemplate }
  | { readonly kind: "file"; readonly file: string; readonly raw: RawChecklist };

/** A file that is valid by itself, with everything that it rests on. */
export interface Standing {
  /** As people know it: `acme/.github:.github/release.yml`. */
  readonly file: string;
  /** What it extends, the lowest first, and then itself. */
  readonly layers: readonly Layer[];
  readonly checklist: Checklist;
  /** What it locks, after what the files lock that it extends. */
  readonly locks: readonly Locks[];
}

/** Why a file cannot be extended: a sentence, with its own mistakes where it has some. */
export interface Unfit {
  readonly why: string;
  readonly findings: readonly Finding[];
}

/** The files that one extends, by {@link keyOfFile}. */
export type Extended = ReadonlyMap<string, Standing | Unfit>;

interface Below {
  readonly layers: readonly Layer[];
  readonly locks: readonly Locks[];
  readonly troubles: readonly Trouble[];
  /** Mistakes in the files that are extended. */
  readonly findings: readonly Finding[];
}

/** What `extends` names, in order; each template and file once, where it comes first. */
export function layersBelow(
  raw: RawChecklist,
  texts: ReadonlyMap<string, string>,
  extended: Extended,
  at: Path,
): Below {
  const layers: Layer[] = [];
  const locks: Locks[] = [];
  const troubles: Trouble[] = [];
  const findings: Finding[] = [];
  const add = (layer: Layer): void => {
    if (!layers.some((other) => nameOf(other) === nameOf(layer))) layers.push(layer);
  };
  const names = namesOf(raw);
  for (const [index, name] of names.entries()) {
    const path = Array.isArray(raw.extends) ? [...at, "extends", index] : [...at, "extends"];
    if (names.indexOf(name) < index) {
      const what = parseExtension(name);
      const thing = typeof what === "object" && what.kind === "file" ? "file" : "template";
      troubles.push({ path, message: `The ${thing} ${quoted(name)} is given twice` });
      continue;
    }
    const found = lookUp(name, texts, extended);
    if (typeof found === "string") troubles.push({ path, message: found });
    else if ("why" in found) {
      troubles.push({ path, message: found.why });
      findings.push(...found.findings);
    } else if ("kind" in found) add(found);
    else {
      for (const layer of found.layers) add(layer);
      for (const lock of found.locks) if (!locks.some(({ file }) => file === lock.file)) locks.push(lock);
    }
  }
  return { layers, locks, troubles, findings };
}

const namesOf = (raw: RawChecklist): readonly string[] =>
  raw.extends === undefined ? (raw.items === undefined ? [defaultTemplate] : []) : asList(raw.extends);

const nameOf = (layer: Layer): string => (layer.kind === "template" ? layer.name : layer.file);

function lookUp(
  name: string,
  texts: ReadonlyMap<string, string>,
  extended: Extended,
): Layer | Standing | Unfit | string {
  const extension = parseExtension(name);
  if (typeof extension === "string") return extension;
  if (extension.kind === "file")
    return extended.get(keyOfFile(extension)) ?? `${quoted(name)} is in a repository that was not read`;
  const template = readTemplate(name, texts);
  return typeof template === "string" ? template : { kind: "template", name, template };
}

/** The files that a configuration extends itself, each once. */
export const filesOf = (raw: RawChecklist): readonly FileExtension[] => [
  ...new Map(
    namesOf(raw).flatMap((name) => {
      const extension = parseExtension(name);
      return typeof extension === "object" && extension.kind === "file"
        ? [[keyOfFile(extension), extension] as const]
        : [];
    }),
  ).values(),
];

/** Lays others over the locked layers. What both take from the same template or file is taken once, at the bottom. */
export const layersOver = (locked: readonly Layer[], others: readonly Layer[]): readonly Layer[] => [
  ...locked,
  ...others.map((layer) => {
    const same = locked.find((other) => nameOf(other) === nameOf(layer));
    if (same === undefined) return layer;
    const ids = new Set(itemsOf(same).map(({ id }) => id));
    return withItems(layer, ({ id }) => !ids.has(id));
  }),
];

const itemsOf = (layer: Layer): readonly { readonly id: string }[] =>
  layer.kind === "template" ? layer.template.items : (layer.raw.items ?? []);

function withItems(layer: Layer, keeps: (item: { readonly id: string }) => boolean): Layer {
  return layer.kind === "template"
    ? { ...layer, template: { ...layer.template, items: layer.template.items.filter(keeps) } }
    : { ...layer, raw: { ...layer.raw, items: (layer.raw.items ?? []).filter(keeps) } };
}

/** What holds of a file for those that do not extend it: the locked items, and the keys that it locks in so many words. */
export function lockedLayers({ layers, locks }: Standing): readonly Layer[] {
  const ids = new Set(locks.flatMap(({ items }) => [...items.keys()]));
  const said = new Set<string>(locks.flatMap((lock) => [...lock.said]));
  const titles = new Set(
    locks.flatMap(({ checklist }) =>
      checklist.items.flatMap(({ id, group }) => (ids.has(id) ? [group] : [])),
    ),
  );
  const isLocked = ({ id }: { readonly id: string }): boolean => ids.has(id);
  const hasItems = ({ title }: { readonly title: string }): boolean => titles.has(title);
  return layers.map((whole): Layer => {
    const layer = withItems(whole, isLocked);
    if (layer.kind === "template") {
      const groups = (layer.template.groups ?? []).filter(hasItems);
      return { ...layer, template: { ...layer.template, groups } };
    }
    const { items = [], groups = [], checks = {}, ...keys } = layer.raw;
    const kept = Object.fromEntries(Object.entries(keys).filter(([key]) => said.has(key)));
    return { ...layer, raw: { ...kept, checks, items, groups: groups.filter(hasItems) } };
  });
}
