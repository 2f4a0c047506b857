import { type Told, withUpdate } from "../domain/checks/update.ts";
import { stateAutomatedItem } from "../domain/decide/automated-item.ts";
import { Needs } from "../domain/decide/circumstances.ts";
import type { ItemState } from "../domain/decision.ts";
import type { Edit } from "../domain/edit.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { keyOf, type PullKey } from "../queue/queue.ts";
import type { Memory } from "./memory.ts";

/** What an event tells, as far as it can be compared with what is remembered. */
export interface News {
  readonly why: string;
  readonly told: Told | null;
  readonly edits: readonly Edit[];
  readonly fresh: boolean;
}

/**
 * Whether an event can change anything: a check that no item names, or that leaves every item as it stands, costs no
 * request. What the event tells is remembered, so that the next look knows it. Wrong memory only costs a look: the
 * sweep reads everything.
 */
export const createInterest =
  (memory: Memory, alone: boolean) =>
  async (key: PullKey, news: News): Promise<boolean> => {
    const name = keyOf(key);
    // Other replicas see the events that this one does not: its memory says nothing about what stands.
    if (!alone || news.fresh) return true;
    const underWay = news.told === null ? null : memory.lookUnderWay(name);
    // What a look leaves behind is what the event has to be compared with. Those that follow at once are not awaited.
    if (underWay !== null) await underWay;
    if (memory.lookUnderWay(name) !== null) return true;
    return matters(name, news, memory);
  };

function matters(name: string, news: News, memory: Memory): boolean {
  const facts = memory.facts(name);
  if (facts === null) return true;
  if (facts.kind === "pass") return news.told === null && !isTextOnly(news);
  const { told } = news;
  if (told === null) return true;
  const { snapshot } = facts;
  if (told.sha !== snapshot.pull.head.sha) return false;
  if (snapshot.checks === null || !snapshot.checks.ok) return true;
  const updated = withUpdate(snapshot.checks.value, told.update);
  if (updated === null) return true;
  if (updated === snapshot.checks.value) return false;
  const after: Snapshot = { ...snapshot, checks: { ok: true, value: updated } };
  if (standings(after) !== standings(snapshot)) return true;
  memory.noteFacts(name, { ...facts, snapshot: after });
  return false;
}

/** A pull request that is no release stays none whatever its text says. */
const isTextOnly = ({ why, edits }: News): boolean => why === "pull_request.edited" && edits.length > 0;

/** Which items are green, failed or neither: all that can open, close or move a box. */
function standings(snapshot: Snapshot): string {
  if (!("checklist" in snapshot.config)) return "";
  return snapshot.config.checklist.items
    .map((item): ItemState["state"] | "" =>
      item.kind === "check" ? stateAutomatedItem(item, snapshot, new Needs(), false).state : "",
    )
    .join();
}
