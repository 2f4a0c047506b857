import type { Checklist, Item, ManualItem } from "../config/checklist.ts";
import { afterMerge } from "../config/phases.ts";
import { type Merge, outcomeOf } from "./merge.ts";

export const retrospectiveId = "retrospective";

const titles = {
  open: "Left open at the merge",
  deploy: "Deployment",
  "after-deploy": "After the deployment",
  retrospective: "Looking back",
} as const;

/** What went otherwise than it should: then two questions are asked. */
export function surprises(merge: Merge): readonly string[] {
  const outcome = outcomeOf(merge);
  return [
    ...(merge.verdict === "overridden" ? ["the gate was overridden"] : []),
    ...(merge.bypassed ? ["it was merged while the check did not allow it"] : []),
    ...(outcome?.status === "rolled-back" ? ["it was rolled back"] : []),
    ...(outcome?.status === "follow-up" ? ["it needs follow-up"] : []),
    ...(merge.incidents.length > 0 ? ["an incident is linked to it"] : []),
  ];
}

/** What people work on after the merge: the same kind of checklist as before it, in an issue of its own. */
export function followUpChecklist(checklist: Checklist, merge: Merge): Checklist {
  const open = merge.bypassed ? leftOpen(checklist, merge) : [];
  const late = afterMerge(checklist.items).filter(({ id }) => merge.after.includes(id));
  const items = [
    ...open,
    ...late.map((item) => settled({ ...item, group: item.group ?? titles[item.phase ?? "deploy"] })),
    ...(surprises(merge).length > 0 ? [retrospective] : []),
  ];
  const named = [
    titles.open,
    ...checklist.groups.map(({ title }) => title),
    titles.deploy,
    titles["after-deploy"],
  ];
  const used = new Set(items.map(({ group }) => group));
  const groups = [...new Set([...named, titles.retrospective])]
    .filter((title) => used.has(title))
    .map((title) => checklist.groups.find((group) => group.title === title) ?? { title });
  return { ...checklist, groups, items };
}

/** Nothing is pushed any more that could end a sign-off. */
const settled = (item: Item): Item => (item.kind === "manual" ? { ...item, dismissStale: false } : item);

/** Whether the items of the release are done is asked of people: its checks are of another commit by now. */
function leftOpen(checklist: Checklist, merge: Merge): readonly Item[] {
  return merge.items.flatMap(({ id, state, required, title, summary }): Item[] => {
    if (!required || (state !== "waiting" && state !== "failed")) return [];
    const item = checklist.items.find((candidate) => candidate.id === id && candidate.phase === undefined);
    if (item?.kind === "notify") return [];
    if (item?.kind === "manual") return [{ ...item, dismissStale: false, group: titles.open }];
    return [{ ...byPeople, id, title, help: `At the merge: ${summary}`, group: titles.open }];
  });
}

const byPeople: Omit<ManualItem, "id" | "title"> = {
  kind: "manual",
  required: true,
  questions: [],
  signers: { from: [{ type: "role", role: "write" }], not: [], count: 1 },
  dismissStale: false,
};

/** Asked after what went otherwise than it should. */
export const retrospective: ManualItem = {
  ...byPeople,
  id: retrospectiveId,
  title: "What this release teaches",
  group: titles.retrospective,
  questions: [
    { id: "caught", text: "Should an item have caught it?" },
    { id: "followed", text: "Was the list followed?" },
  ],
};
