import { defaultReleaseRules } from "../release.ts";
import type { Checklist, Condition, Group, Item } from "./checklist.ts";
import { doubts } from "./doubts.ts";
import { resolveKind } from "./kinds/index.ts";
import type { Layer } from "./layers.ts";
import { baseItems, type Draft, mergeItems, slotsOf } from "./merge.ts";
import { didYouMean } from "./nearest.ts";
import { party } from "./party.ts";
import { phaseTroubles } from "./phases.ts";
import { releaseRuleOf } from "./release-rule.ts";
import {
  maxItems,
  type RawChecklist,
  type RawGroup,
  type RawItem,
  type RawTemplate,
} from "./schema/checklist-schema.ts";
import { asList } from "./schema/fields.ts";
import type { Path, Trouble } from "./trouble.ts";
import { oneOf, quoted } from "./words.ts";

export interface Resolved {
  /** Null when a trouble is an error. */
  readonly checklist: Checklist | null;
  readonly troubles: readonly Trouble[];
}

/**
 * Turns what was written into what it means: laid over what it extends, defaults filled in, names checked.
 *
 * @param below What it extends, the lowest first.
 */
export function resolveChecklist(own: RawChecklist, below: readonly Layer[], at: Path): Resolved {
  const raw = withKeysOf(below, own);
  const slots = slotTroubles(own, slotsOf(templatesIn(below)), at);
  const merged = mergeItems(baseItems(below, raw.checks ?? {}), own.items ?? [], [...at, "items"]);
  const groups = mergeGroups(groupsIn(below), own.groups ?? [], [...at, "groups"]);
  const troubles = [
    ...slots,
    ...merged.troubles,
    ...groups.troubles,
    ...groupTroubles(merged.drafts, groups.groups),
    ...phaseTroubles(merged.drafts),
    ...(merged.troubles.length > 0 ? [] : countTroubles(merged.drafts, at)),
    ...doubts(own, at),
  ];
  if (troubles.some(({ severity }) => severity !== "warning")) return { checklist: null, troubles };

  const override = asList(raw.may?.override ?? "role:admin").map(party);
  const checklist: Checklist = {
    enforcement: raw.enforcement ?? "active",
    release: raw.release?.map(releaseRuleOf) ?? defaultReleaseRules,
    range: raw.range ?? "auto",
    may: { override, waive: raw.may?.waive === undefined ? override : asList(raw.may.waive).map(party) },
    requestSigners: raw["request-signers"] ?? false,
    freezeBase: raw["freeze-base"] ?? false,
    groups: groups.groups,
    items: merged.drafts.map(({ raw: item }) => resolveItem(item)),
  };
  return { checklist, troubles };
}

/** A top-level key that is given replaces the one below; slots and rights one by one. */
function withKeysOf(below: readonly Layer[], own: RawChecklist): RawChecklist {
  const all = [...below.flatMap((layer) => (layer.kind === "file" ? [layer.raw] : [])), own];
  return Object.assign({}, ...all, {
    checks: Object.assign({}, ...all.map(({ checks }) => checks)),
    may: Object.assign({}, ...all.map(({ may }) => may)),
  });
}

const templatesIn = (layers: readonly Layer[]): RawTemplate[] =>
  layers.flatMap((layer) => (layer.kind === "template" ? [layer.template] : []));

const groupsIn = (layers: readonly Layer[]): RawGroup[] =>
  layers.flatMap((layer) => (layer.kind === "template" ? layer.template.groups : layer.raw.groups) ?? []);

function slotTroubles(raw: RawChecklist, slots: ReadonlySet<string>, at: Path): Trouble[] {
  return Object.keys(raw.checks ?? {})
    .filter((name) => !slots.has(name))
    .map((name) => ({
      path: [...at, "checks", name],
      at: "key",
      message:
        slots.size === 0
          ? `There is no slot ${quoted(name)}: "checks" fills the slots of templates, and none is extended`
          : `The templates have no slot ${quoted(name)}${didYouMean(name, slots) || `: they have ${oneOf([...slots]).replace(/ or /, " and ")}`}`,
    }));
}

/** The groups below first; one of the same title is replaced at its place. */
function mergeGroups(below: readonly RawGroup[], own: readonly RawGroup[], at: Path) {
  const groups = new Map<string, Group>();
  for (const group of below) groups.set(group.title, groupOf(group));
  const seen = new Set<string>();
  const troubles: Trouble[] = [];
  for (const [index, group] of own.entries()) {
    if (seen.has(group.title)) {
      troubles.push({
        path: [...at, index, "title"],
        message: `The group ${quoted(group.title)} is given twice`,
      });
    }
    seen.add(group.title);
    groups.set(group.title, groupOf(group));
  }
  return { groups: [...groups.values()], troubles };
}

function groupTroubles(drafts: readonly Draft[], groups: readonly Group[]): Trouble[] {
  const titles = groups.map(({ title }) => title);
  return drafts.flatMap(({ raw: { group }, path }) => {
    if (path === null || group === undefined || titles.includes(group)) return [];
    const hint = titles.length === 0 ? ': name it under "groups"' : didYouMean(group, titles);
    return [{ path: [...path, "group"], message: `There is no group ${quoted(group)}${hint}` }];
  });
}

function countTroubles(drafts: readonly Draft[], at: Path): Trouble[] {
  const path = [...at, "items"];
  if (drafts.length === 0) return [{ path, message: "No item is left: a checklist needs at least one" }];
  if (drafts.every(({ raw: { phase } }) => phase === "deploy" || phase === "after-deploy"))
    return [
      { path, message: "No item is due before the merge, so nothing would hold it up: at least one must be" },
    ];
  if (drafts.length <= maxItems) return [];
  return [
    { path, message: `${drafts.length} items with those of the templates are too many: at most ${maxItems}` },
  ];
}

function resolveItem(raw: RawItem): Item {
  const base = {
    id: raw.id,
    title: (raw.title ?? raw.id).trim(),
    ...(raw.help === undefined ? {} : { help: raw.help.trim() }),
    ...(raw.group === undefined ? {} : { group: raw.group }),
    ...(raw.when === undefined ? {} : { when: conditionOf(raw.when) }),
    required: raw.required ?? true,
    ...(raw.phase === undefined || raw.phase === "before-merge" ? {} : { phase: raw.phase }),
  };
  return resolveKind(base, raw);
}

function conditionOf({ paths, labels, base, migrations }: NonNullable<RawItem["when"]>): Condition {
  return {
    ...(migrations === undefined ? {} : { migrations }),
    ...(paths === undefined ? {} : { paths: asList(paths) }),
    ...(labels === undefined ? {} : { labels: asList(labels) }),
    ...(base === undefined ? {} : { base: asList(base) }),
  };
}

const groupOf = ({ title, expects }: RawGroup): Group => ({
  title,
  ...(expects === undefined ? {} : { expects }),
});
