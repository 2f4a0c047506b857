import { NO_RECORD } from "../block/identity.ts";
import type { BlockItem, BlockModel, BlockSection } from "../block/model.ts";
import type { Checklist, Item } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import { ruleInWords } from "../sign-off/rights.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Answers } from "./answers.ts";
import { isAutomated } from "./automated-item.ts";
import { shortSha } from "./circumstances.ts";
import { dismissRule } from "./stale.ts";

export const checkName = (base: string): string => `Release checklist: ${base}`;

/** What the block says where the app cannot keep its record. */
export const withoutRecord = (problem: string): string =>
  `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}. ${NO_RECORD}`;

/** What the block shows: groups where the configuration has them, else what the app decides and what people sign. */
export function blockModel(
  checklist: Checklist,
  states: readonly ItemState[],
  answers: Answers,
  snapshot: Snapshot,
): BlockModel {
  const shown = states.filter(({ box }) => box !== null);
  const items = (pick: (state: ItemState) => boolean): BlockItem[] =>
    shown.filter(pick).map((state) => blockItem(state, answers, snapshot));
  const groups = checklist.groups.map(
    (group): BlockSection => ({
      title: group.expects === undefined ? group.title : `${group.title} → ${group.expects}`,
      items: items(({ item }) => item.group === group.title),
    }),
  );
  const loose = (item: Item): boolean => !checklist.groups.some(({ title }) => title === item.group);
  const sections: BlockSection[] = [
    ...groups,
    { title: "Decided by the app", items: items(({ item }) => loose(item) && decidedByApp(item)) },
    { title: "Signed off by people", items: items(({ item }) => loose(item) && !decidedByApp(item)) },
  ];
  return {
    sections: sections.filter((section) => section.items.length > 0),
    warnings: [],
    check: checkName(snapshot.pull.base.ref),
  };
}

const decidedByApp = (item: Item): boolean =>
  isAutomated(item) || (item.kind === "notify" && item.post === "when-ready");

function blockItem(state: ItemState, answers: Answers, snapshot: Snapshot): BlockItem {
  const { item } = state;
  const signed = item.kind === "manual" || (item.kind === "notify" && item.post === "on-tick");
  return {
    id: item.id,
    title: item.title,
    checked: state.box === true,
    sha:
      item.kind === "manual" && dismissRule(item, snapshot) !== false
        ? shortSha(snapshot.pull.head.sha)
        : null,
    signers: signed && !isDefault(item) ? ruleInWords(item.signers) : null,
    help: item.help ?? null,
    notes: state.notes,
    questions:
      item.kind === "manual"
        ? item.questions.map(({ id, text }) => ({ id, text, answer: answers.get(`${item.id}/${id}`) ?? "" }))
        : [],
  };
}

function isDefault(item: Extract<Item, { kind: "manual" | "notify" }>): boolean {
  const [only, ...rest] = item.signers.from;
  return (
    rest.length === 0 &&
    only?.type === "role" &&
    only.role === "write" &&
    item.signers.not.length === 0 &&
    item.signers.count === 1
  );
}
