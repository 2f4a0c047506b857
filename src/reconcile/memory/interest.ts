import { mayConcern } from "../../domain/checks/concerns.ts";
import { type CheckUpdate, type Told, withUpdate } from "../../domain/checks/update.ts";
import { standingOf } from "../../domain/decide/automated-item.ts";
import { namesEnvironment } from "../../domain/deployments/environment.ts";
import type { Edit } from "../../domain/edit.ts";
import { type ConfigState, checklistOf, deploymentsKey, type Snapshot } from "../../domain/snapshot.ts";
import { keyOf, type PullKey, tellsOnlyOfChecks, type Work } from "../../queue/queue.ts";
import type { Memory } from "./memory.ts";

/** What an event tells, as far as it can be compared with what is remembered. */
export interface News {
  readonly why: string;
  readonly told: Told | null;
  /** The environment that something was deployed to. */
  readonly deployedTo: string | null;
  readonly edits: readonly Edit[];
  readonly fresh: boolean;
}

/**
 * `none`: it changes nothing. `unawaited`: that has to be seen when the look that runs has ended, but most likely it
 * changes nothing, so that nobody waits for it.
 */
export type Interest = "none" | "unawaited" | "awaited";

/**
 * Whether an event can change anything: a check that no item names, or that leaves every item as it stands, costs no
 * request. What the event tells is remembered, so that the next look knows it. Wrong memory only costs a look: the
 * sweep reads everything.
 */
export const createInterest =
  (memory: Memory, alone: boolean) =>
  (key: PullKey, news: News): Interest => {
    const name = keyOf(key);
    // Other replicas see the events that this one does not: its memory says nothing about what stands.
    if (!alone || news.fresh) return "awaited";
    // What a look leaves behind is what the event has to be compared with: the next one asks again, with `isMoot`.
    if (memory.isLooking(name))
      return isNamedByNone(news, memory.configUnderWay(name)) ? "unawaited" : "awaited";
    return matters(name, news, memory) ? "awaited" : "none";
  };

/** Whether nothing of this work can change anything any more, by what the last look left behind. */
export const isMoot = (name: string, work: Work, memory: Memory): boolean =>
  tellsOnlyOfChecks(work) && work.updates.every((told) => !matters(name, { ...noNews, told }, memory));

const noNews: News = { why: "", told: null, deployedTo: null, edits: [], fresh: false };

/** As far as is known: the look that runs may find other rules. */
function isNamedByNone({ told }: News, config: ConfigState | null): boolean {
  const checklist = config === null || told === null ? null : checklistOf(config);
  if (checklist === null || told === null) return false;
  return !checklist.items.some((item) => item.kind === "check" && mayConcern(item.check, told.update, null));
}

function matters(name: string, news: News, memory: Memory): boolean {
  const facts = memory.facts(name);
  if (facts === null) return true;
  if (facts.kind === "pass") return news.told === null && news.deployedTo === null && !isTextOnly(news);
  const { told, deployedTo } = news;
  if (deployedTo !== null) return waitsFor(deployedTo, facts.snapshot);
  if (told === null) return true;
  const { snapshot } = facts;
  if (told.sha !== snapshot.pull.head.sha) return false;
  if (snapshot.checks === null || !snapshot.checks.ok) return true;
  const updated = withUpdate(snapshot.checks.value, told.update);
  if (updated === null) return true;
  if (updated === snapshot.checks.value) return false;
  const after: Snapshot = { ...snapshot, checks: { ok: true, value: updated } };
  if (!concernsAny(told.update, after)) known.set(after, standings(snapshot));
  if (standings(after) !== standings(snapshot)) return true;
  memory.noteFacts(name, { ...facts, snapshot: after });
  return false;
}

/** Whether some item of a checklist waits for what runs in this environment. */
export const awaitsDeployment = (config: ConfigState, environment: string): boolean =>
  checklistOf(config)?.items.some(
    (item) => item.kind === "deployment" && namesEnvironment(item.deployment.environment, environment),
  ) ?? false;

/** An item that does not apply has asked for nothing. */
const waitsFor = (environment: string, { config, deployments }: Snapshot): boolean =>
  checklistOf(config)?.items.some(
    (item) =>
      item.kind === "deployment" &&
      deployments.has(deploymentsKey(item.deployment)) &&
      namesEnvironment(item.deployment.environment, environment),
  ) ?? true;

/** A pull request that is no release stays none whatever its text says. */
const isTextOnly = ({ why, edits }: News): boolean => why === "pull_request.edited" && edits.length > 0;

/** Whether the update may move some item. */
const concernsAny = (update: CheckUpdate, { config, checks }: Snapshot): boolean =>
  !checks?.ok ||
  (checklistOf(config)?.items.some(
    (item) => item.kind === "check" && mayConcern(item.check, update, checks.value),
  ) ??
    true);

const known = new WeakMap<Snapshot, string>();

/** Which items are green, failed, under way or none of these: all that can open, close or move a box. */
function standings(snapshot: Snapshot): string {
  const checklist = checklistOf(snapshot.config);
  if (checklist === null) return "";
  // What the last event left is what the next one is compared with.
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const all = checklist.items.map((item) => (item.kind === "check" ? standingOf(item, snapshot) : ""));
  known.set(snapshot, all.join());
  return all.join();
}
