import type { Checklist } from "./checklist.ts";
import type { Finding } from "./finding.ts";
import { type Extended, type Layer, layersBelow, layersOver, lockedLayers, type Standing } from "./layers.ts";
import { located } from "./locate.ts";
import { looseningTroubles, ruleTroubles } from "./locks/findings.ts";
import { hold } from "./locks/hold.ts";
import { type Locks, locksOf } from "./locks/locks.ts";
import { ours, type Parsed, parseConfig } from "./parse.ts";
import { resolveChecklist } from "./resolve.ts";
import type { Trouble } from "./trouble.ts";

const at = [ours];

/** What a configuration file says. */
export type ReadConfig =
  /** The file has no `checklist` key. Findings are warnings, such as a misspelt key. */
  | { readonly kind: "none"; readonly findings: readonly Finding[] }
  /** Findings are warnings, and errors where the file loosens what is locked: there the locked form counts. */
  | {
      readonly kind: "valid";
      readonly checklist: Checklist;
      readonly findings: readonly Finding[];
      readonly standing: Standing;
    }
  /** Findings may be of the files that it extends. */
  | { readonly kind: "broken"; readonly findings: readonly Finding[] };

/** What else is to be known of a file that does not stand alone. */
export interface Others {
  readonly extended: Extended;
  /** The organisation's file, whose locks hold for files that do not extend it; null: there is none, or it is this one. */
  readonly organisation: Standing | null;
}

const alone: Others = { extended: new Map(), organisation: null };

/**
 * Reads `.github/release.yml`. Only the key `checklist` is looked at: `changelog` belongs to GitHub.
 *
 * @param file The path as people know it, for the findings.
 * @param templates The built-in templates: their YAML text by name.
 */
export function readConfig(
  text: string,
  file: string,
  templates: ReadonlyMap<string, string>,
  others: Others = alone,
): ReadConfig {
  return readParsed(parseConfig(text, file), templates, others);
}

/** A file with what it extends and with what is locked for it. */
export function readParsed(
  parsed: Parsed,
  templates: ReadonlyMap<string, string>,
  { extended, organisation }: Others,
): ReadConfig {
  if (parsed.kind !== "parsed") return parsed;
  const { raw, source } = parsed;
  const below = layersBelow(raw, templates, extended, at);
  const broken = (troubles: readonly Trouble[]): ReadConfig => ({
    kind: "broken",
    findings: [...located(troubles, source), ...below.findings],
  });
  if (below.troubles.length > 0) return broken(below.troubles);

  const under = organisation === null ? below.layers : layersOver(lockedLayers(organisation), below.layers);
  const { checklist: written, troubles } = resolveChecklist(raw, under, at);
  if (written === null) return broken(troubles);

  const locks = [...below.locks, ...(organisation?.locks ?? [])];
  const { checklist, loosening } = withLocks(written, unique(locks), (lock, loosened) => [
    ...looseningTroubles(
      loosened,
      lock,
      raw,
      under.filter((layer) => !isOf(layer, lock)),
      at,
    ),
    ...ruleTroubles(lock, raw, written.release, at),
  ]);
  const own = locksOf(raw, checklist, source.file);
  const standing: Standing = {
    file: source.file,
    layers: [...below.layers, { kind: "file", file: source.file, raw }],
    checklist,
    locks: own === null ? below.locks : [...below.locks, own],
  };
  return { kind: "valid", checklist, findings: located([...troubles, ...loosening], source), standing };
}

type Loosening = Parameters<typeof looseningTroubles>[0];

function withLocks(
  written: Checklist,
  locks: readonly Locks[],
  tell: (lock: Locks, loosened: Loosening) => readonly Trouble[],
): { readonly checklist: Checklist; readonly loosening: readonly Trouble[] } {
  let checklist = written;
  const loosening: Trouble[] = [];
  for (const lock of locks) {
    const held = hold(lock, checklist);
    checklist = held.checklist;
    loosening.push(...tell(lock, held.loosened));
  }
  return { checklist, loosening };
}

/** Where two lock the same differently, the last one has the say: the organisation. */
const unique = (locks: readonly Locks[]): Locks[] =>
  locks.filter(({ file }, index) => !locks.some((other, later) => later > index && other.file === file));

const isOf = (layer: Layer, { file }: Locks): boolean => layer.kind === "file" && layer.file === file;

/** What holds of an organisation's file whatever a repository writes; null: it locks no item. */
export function lockedAlone({ checklist, locks }: Standing): Checklist | null {
  const items = checklist.items.filter(({ id }) => locks.some((lock) => lock.items.has(id)));
  return items.length === 0 ? null : { ...checklist, items };
}
