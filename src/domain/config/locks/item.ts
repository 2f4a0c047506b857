import type { AutomatedItem, Item, ItemBase, ManualItem, NotifyItem } from "../checklist.ts";
import type { FreeableKey } from "../schema/lock.ts";
import { Held, type Loosened } from "./breach.ts";
import * as values from "./values.ts";

/** The key that makes an item one of its kind. No key makes it one that people sign. */
const keyOfKind = {
  manual: null,
  check: "check",
  changed: "changed",
  deployment: "deployment",
  assigned: "assigned",
  window: "window",
  tag: "tag",
  release: "release",
  wait: "wait",
  notify: "notify",
} as const satisfies Record<Item["kind"], FreeableKey | null>;

const says = {
  manual: "people must sign it",
  check: 'it must be decided by "check"',
  changed: 'it must be decided by "changed"',
  deployment: 'it must be decided by "deployment"',
  assigned: 'it must be decided by "assigned"',
  window: 'it must be decided by "window"',
  tag: 'it must be decided by "tag"',
  release: 'it must be decided by "release"',
  wait: 'it must be decided by "wait"',
  notify: 'it must announce with "notify"',
} as const satisfies Record<Item["kind"], string>;

/** The item as it counts: whatever is looser than in the locked item is as locked. */
export function holdItem(
  locked: Item,
  own: Item,
  free: ReadonlySet<FreeableKey>,
): { readonly item: Item; readonly loosened: readonly Loosened[] } {
  const held = new Held(locked.id, free);
  const key = keyOfKind[own.kind];
  const late = values.phase(locked.phase, own.phase);
  const isOther = own.kind !== locked.kind && (key === null || !held.isFree(key));
  if (isOther || late !== null) {
    // Other phases know other kinds: then nothing of it can be taken.
    if (isOther) held.note([key ?? "id"], says[locked.kind]);
    else held.note(["phase"], late?.must ?? "");
    const group = own.group === undefined ? {} : { group: own.group };
    return { item: { ...locked, ...group }, loosened: held.loosened };
  }
  const base = holdBase(locked, own, held);
  return { item: { ...own, ...base, ...holdKind(locked, own, held) } as Item, loosened: held.loosened };
}

/** What every kind has. The group is only a place on the list. */
function holdBase(locked: Item, own: Item, held: Held): Omit<ItemBase, "id" | "group"> {
  return {
    title: held.keep("title", locked.title, own.title, values.sameText(locked.title, own.title)),
    help: held.keep("help", locked.help, own.help, values.keptText(locked.help, own.help)),
    when: held.keep("when", locked.when, own.when, values.condition(locked.when, own.when)),
    required: held.keep(
      "required",
      locked.required,
      own.required,
      values.keptTrue(locked.required, own.required),
    ),
  } as Omit<ItemBase, "id" | "group">;
}

/** Empty where the kind is another one, which then was left free. */
function holdKind(locked: Item, own: Item, held: Held): object {
  switch (own.kind) {
    case "manual":
      return locked.kind === "manual" ? holdManual(locked, own, held) : {};
    case "notify":
      return locked.kind === "notify" ? holdNotify(locked, own, held) : {};
    default:
      return holdAutomated(locked, own, held);
  }
}

const holdManual = (locked: ManualItem, own: ManualItem, held: Held): Partial<ManualItem> => ({
  questions: held.keep(
    "questions",
    locked.questions,
    own.questions,
    values.questions(locked.questions, own.questions),
  ),
  ...(held.keep("lists", locked.lists, own.lists, values.keptText(locked.lists, own.lists)) === undefined
    ? {}
    : { lists: "scope" }),
  signers: held.keep("signers", locked.signers, own.signers, values.signers(locked.signers, own.signers)),
  dismissStale: held.keep(
    "dismiss-stale",
    locked.dismissStale,
    own.dismissStale,
    values.dismissStale(locked.dismissStale, own.dismissStale),
  ),
});

function holdNotify(locked: NotifyItem, own: NotifyItem, held: Held): Partial<NotifyItem> {
  const { to, post } = held.keep("notify", locked, own, values.announcement(locked, own));
  const signers = held.keep(
    "signers",
    locked.signers,
    own.signers,
    values.signers(locked.signers, own.signers),
  );
  return { to, post, signers };
}

function holdAutomated(locked: Item, own: AutomatedItem, held: Held): object {
  switch (own.kind) {
    case "check":
      return locked.kind === own.kind
        ? { check: held.keep("check", locked.check, own.check, values.check(locked.check, own.check)) }
        : {};
    case "changed":
      return locked.kind === own.kind
        ? {
            changed: held.keep(
              "changed",
              locked.changed,
              own.changed,
              values.anyOf(locked.changed, own.changed),
            ),
          }
        : {};
    case "deployment":
      return locked.kind === own.kind
        ? {
            deployment: held.keep(
              "deployment",
              locked.deployment,
              own.deployment,
              values.deployment(locked.deployment, own.deployment),
            ),
          }
        : {};
    case "window": {
      if (locked.kind !== own.kind) return {};
      const window = held.keep("window", locked.window, own.window, values.window(locked.window, own.window));
      return held.isFree("window")
        ? {}
        : { window: { ...window, closed: values.allClosed(locked.window, window) } };
    }
    case "tag":
      return locked.kind === own.kind
        ? { tag: held.keep("tag", locked.tag, own.tag, values.anyOf(locked.tag, own.tag)) }
        : {};
    case "release":
      return locked.kind === own.kind
        ? {
            release: held.keep(
              "release",
              locked.release,
              own.release,
              values.anyOf(locked.release, own.release),
            ),
          }
        : {};
    case "wait":
      return locked.kind === own.kind
        ? { wait: held.keep("wait", locked.wait, own.wait, values.wait(locked.wait, own.wait)) }
        : {};
    case "assigned":
      return {};
  }
}
