import { inWords as partiesInWords } from "../sign-off/rights.ts";
import type { Checklist, DismissStale, Group, Item } from "./checklist.ts";
import { conditionInWords, howInWords, phaseInWords, releaseRuleInWords } from "./in-words.ts";
import { quoted } from "./words.ts";

/** What a new configuration changes, in words: one plain sentence each, the rules of the whole before the items. */
export function differences(before: Checklist, after: Checklist, defaultBranch: string): string[] {
  return [...ofWhole(before, after, defaultBranch), ...ofItems(before.items, after.items)];
}

function ofWhole(before: Checklist, after: Checklist, defaultBranch: string): string[] {
  const rulesOf = ({ release }: Checklist) => release.map((rule) => releaseRuleInWords(rule, defaultBranch));
  const [rulesBefore, rulesAfter] = [rulesOf(before), rulesOf(after)];
  return [
    ...(before.enforcement === after.enforcement
      ? []
      : [
          after.enforcement === "active"
            ? "The trial ends: from now on releases are blocked until every item is done"
            : "Only a trial from now on: nothing is blocked any more",
        ]),
    ...without(rulesBefore, rulesAfter).map((rule) => `No release any more: what goes ${rule}`),
    ...without(rulesAfter, rulesBefore).map((rule) => `A release from now on: what goes ${rule}`),
    ...changed(
      "The whole gate may be overridden by",
      before.may.override,
      after.may.override,
      partiesInWords,
    ),
    ...changed("Items may be waived by", before.may.waive, after.may.waive, partiesInWords),
    ...changed("The range of a release is", before.range, after.range, (range) => range),
    ...(before.requestSigners === after.requestSigners
      ? []
      : [
          after.requestSigners
            ? "Those who owe a signature are asked in a comment from now on"
            : "Those who owe a signature are not asked in a comment any more",
        ]),
    ...(before.freezeBase === after.freezeBase
      ? []
      : [
          after.freezeBase
            ? "Other pull requests wait while a ready release into their base is open"
            : "Other pull requests do not wait for a ready release any more",
        ]),
    ...changed("The groups are", before.groups, after.groups, groupsInWords),
  ];
}

const groupsInWords = (groups: readonly Group[]): string =>
  groups.length === 0
    ? "none"
    : groups
        .map(({ title, expects }) => (expects === undefined ? title : `${title} (${expects})`))
        .join(", ");

function ofItems(before: readonly Item[], after: readonly Item[]): string[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const kept = new Set(after.map(({ id }) => id));
  const removed = before.filter(({ id }) => !kept.has(id));
  const lines = [
    ...removed.map((item) => `Removed: ${item.title} (${item.id}), ${howInWords(item)}`),
    ...after.flatMap((item) => {
      const old = known.get(item.id);
      if (old === undefined) return [added(item)];
      const parts = ofItem(old, item);
      return parts.length === 0 ? [] : [`Changed: ${item.title} (${item.id}): ${parts.join("; ")}`];
    }),
  ];
  const order = after.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const orderBefore = before.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  return order.join() === orderBefore.join() ? lines : [...lines, "The order of the items changes"];
}

function added(item: Item): string {
  const when = conditionInWords(item.when);
  return [
    `Added: ${item.title} (${item.id}), ${howInWords(item)}`,
    ...(when === null ? [] : [when]),
    ...(item.phase === undefined ? [] : [`due ${phaseInWords(item.phase)}`]),
    ...(item.required ? [] : ["does not block"]),
  ].join(", ");
}

function ofItem(before: Item, after: Item): string[] {
  return [
    ...changed("titled", before.title, after.title, quoted),
    ...changed("", howInWords(before), howInWords(after), (how) => how),
    ...changed("is due", before.phase, after.phase, phaseInWords),
    ...changed("applies", before.when, after.when, (when) => conditionInWords(when) ?? "always"),
    ...(before.required === after.required
      ? []
      : [after.required ? "blocks from now on" : "does not block any more"]),
    ...changed("asks", questionsOf(before), questionsOf(after), (questions) => questions || "nothing"),
    ...changed("a sign-off ends with", staleOf(before), staleOf(after), staleInWords),
    ...changed("stands under", before.group, after.group, (group) => group ?? "no group"),
    ...changed("lists", listsOf(before), listsOf(after), (lists) => lists ?? "nothing"),
    ...(before.help === after.help ? [] : ["its help text changes"]),
  ];
}

const questionsOf = (item: Item): string =>
  item.kind === "manual" ? item.questions.map(({ id, text }) => `${text} (${id})`).join(" ") : "";
const staleOf = (item: Item): DismissStale => (item.kind === "manual" ? item.dismissStale : "default");
const listsOf = (item: Item): string | undefined => (item.kind === "manual" ? item.lists : undefined);

function staleInWords(stale: DismissStale): string {
  if (stale === "default") return "nothing, but with any change where a bot rebuilds the pull request";
  if (stale === true) return "any change";
  return stale === false ? "nothing" : `a change of ${stale.join(", ")}`;
}

/** `what` now, and what it was before; nothing where both are the same. */
function changed<T>(what: string, before: T, after: T, words: (value: T) => string): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [words(before), words(after)];
  if (was === is) return [];
  return [`${what === "" ? "" : `${what} `}${is} (before: ${was})`];
}

const without = (these: readonly string[], those: readonly string[]): string[] =>
  these.filter((one) => !those.includes(one));
