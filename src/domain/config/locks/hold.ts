import type { Checklist, Group, Item, ReleaseRule } from "../checklist.ts";
import type { Loosened } from "./breach.ts";
import { holdItem } from "./item.ts";
import type { Locks } from "./locks.ts";
import { keptTrue, parties } from "./values.ts";

export interface HeldChecklist {
  /** Never looser than what is locked, however the other was written. */
  readonly checklist: Checklist;
  readonly loosened: readonly Loosened[];
}

/** Lays what is locked under a checklist: what is missing comes back, and what is looser counts as locked. */
export function hold(locks: Locks, own: Checklist): HeldChecklist {
  const keys = holdKeys(locks, own);
  const items = holdItems(locks, own.items);
  return {
    checklist: { ...own, ...keys.held, items: items.held, groups: withGroups(own.groups, locks, items.held) },
    loosened: [...keys.loosened, ...items.loosened],
  };
}

function holdKeys({ checklist: locked, keys }: Locks, own: Checklist) {
  const loosened: Loosened[] = [];
  const isHeld = (
    key: Parameters<typeof keys.has>[0],
    holds: boolean,
    path: readonly string[],
    must: string,
  ) => {
    if (!keys.has(key) || holds) return false;
    loosened.push({ item: null, path, must });
    return true;
  };
  const override = parties(locked.may.override, own.may.override);
  const waive = parties(locked.may.waive, own.may.waive);
  const isTrial = own.enforcement === "evaluate" && locked.enforcement === "active";
  const held = {
    enforcement: isHeld("enforcement", !isTrial, ["enforcement"], 'it must stay "active"')
      ? locked.enforcement
      : own.enforcement,
    release: keys.has("release") ? allRules(locked.release, own.release) : own.release,
    range: isHeld("range", own.range === locked.range, ["range"], `it must stay "${locked.range}"`)
      ? locked.range
      : own.range,
    may: {
      override: isHeld("may", override === null, ["may", "override"], override?.must ?? "")
        ? locked.may.override
        : own.may.override,
      waive: isHeld("may", waive === null, ["may", "waive"], waive?.must ?? "")
        ? locked.may.waive
        : own.may.waive,
    },
    requestSigners: isHeld(
      "request-signers",
      keptTrue(locked.requestSigners, own.requestSigners) === null,
      ["request-signers"],
      "it must stay true",
    )
      ? true
      : own.requestSigners,
    freezeBase: isHeld(
      "freeze-base",
      keptTrue(locked.freezeBase, own.freezeBase) === null,
      ["freeze-base"],
      "it must stay true",
    )
      ? true
      : own.freezeBase,
  };
  return { held, loosened };
}

/** Any rule makes a release, so that rules of both never take one away. */
function allRules(locked: readonly ReleaseRule[], own: readonly ReleaseRule[]): readonly ReleaseRule[] {
  const known = new Set(locked.map(ruleText));
  return [...locked, ...own.filter((rule) => !known.has(ruleText(rule)))];
}

export const ruleText = ({ base, head, labels }: ReleaseRule): string => JSON.stringify([base, head, labels]);

function holdItems({ checklist: locked, items: locks }: Locks, own: readonly Item[]) {
  const byId = new Map(locked.items.map((item) => [item.id, item]));
  const loosened: Loosened[] = [];
  const held = own.map((item) => {
    const [free, original] = [locks.get(item.id), byId.get(item.id)];
    if (free === undefined || original === undefined) return item;
    const result = holdItem(original, item, free);
    loosened.push(...result.loosened);
    return result.item;
  });
  for (const id of locks.keys()) {
    const original = byId.get(id);
    if (original === undefined || own.some((item) => item.id === id)) continue;
    held.push(original);
    loosened.push({ item: id, path: ["remove"], must: "it must stay" });
  }
  return { held, loosened };
}

/** Headings that only the locked items need. */
function withGroups(own: readonly Group[], { checklist }: Locks, items: readonly Item[]): readonly Group[] {
  const missing = checklist.groups.filter(
    ({ title }) => items.some(({ group }) => group === title) && !own.some((group) => group.title === title),
  );
  return [...own, ...missing];
}
