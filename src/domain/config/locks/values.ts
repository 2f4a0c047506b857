import { sameName } from "../../actor.ts";
import type { WeekRange, WindowRule } from "../../windows/rule.ts";
import type {
  CheckRef,
  Condition,
  DeploymentRef,
  DismissStale,
  LatePhase,
  NotifyItem,
  Party,
  Question,
  Recipient,
  SignerRule,
  WaitItem,
} from "../checklist.ts";
import { roles } from "../checklist.ts";
import { partyText } from "../party.ts";
import { oneOf, quoted } from "../words.ts";
import type { Breach } from "./breach.ts";

/*
 * When a value is looser than the locked one. What cannot be shown to be as strict counts as looser: two different
 * patterns may match the same, but nobody proves it.
 */

export const sameText = (locked: string, own: string): Breach =>
  locked === own ? null : { must: `it must stay ${quoted(locked)}` };

/** Words that the locked form does not have may be added. */
export const keptText = (locked: string | undefined, own: string | undefined): Breach =>
  locked === undefined || locked === own ? null : { must: `it must stay ${quoted(locked)}` };

export const keptTrue = (locked: boolean, own: boolean): Breach =>
  locked && !own ? { must: "it must stay true" } : null;

/** An item without a condition applies always; fewer keys, and more patterns in one, make it apply more often. */
export function condition(locked: Condition | undefined, own: Condition | undefined): Breach {
  if (own === undefined) return null;
  if (locked === undefined) return { must: "it must apply always" };
  for (const key of ["paths", "labels", "base"] as const) {
    const [mine, theirs] = [own[key], locked[key]];
    if (mine === undefined) continue;
    if (theirs === undefined) return { must: `it must not depend on ${quoted(key)}`, below: key };
    if (!isWithin(theirs, mine)) return { must: `${quoted(key)} must keep ${listed(theirs)}`, below: key };
  }
  if (own.migrations === undefined || own.migrations === locked.migrations) return null;
  if (locked.migrations === undefined)
    return { must: 'it must not depend on "migrations"', below: "migrations" };
  // What is destructive is risky too.
  return own.migrations === "risky" ? null : { must: '"migrations" must stay "risky"', below: "migrations" };
}

export function signers(locked: SignerRule, own: SignerRule): Breach {
  const stranger = own.from.find((party) => !isCovered(party, locked.from));
  if (stranger !== undefined)
    return { must: `only ${oneOf(locked.from.map(partyText))} may sign`, below: "from" };
  const missing = locked.not.find((excluded) => !own.not.includes(excluded));
  if (missing !== undefined) return { must: `"not" must keep ${quoted(missing)}`, below: "not" };
  return own.count >= locked.count
    ? null
    : { must: `at least ${locked.count} people must sign`, below: "count" };
}

/** Whoever one of these is, has to be one of those. */
export const parties = (locked: readonly Party[], own: readonly Party[]): Breach =>
  own.every((party) => isCovered(party, locked))
    ? null
    : { must: `only ${oneOf(locked.map(partyText))} may do that` };

const isCovered = (party: Party, by: readonly Party[]): boolean => by.some((other) => covers(other, party));

function covers(locked: Party, own: Party): boolean {
  switch (locked.type) {
    case "user":
      return own.type === "user" && sameName(own.login, locked.login);
    case "team":
      return own.type === "team" && sameName(own.org, locked.org) && sameName(own.slug, locked.slug);
    case "role":
      return own.type === "role" && roles.indexOf(own.role) >= roles.indexOf(locked.role);
  }
}

export const questions = (locked: readonly Question[], own: readonly Question[]): Breach => {
  const missing = locked.find(({ id, text }) => !own.some((mine) => mine.id === id && mine.text === text));
  return missing === undefined
    ? null
    : { must: `the question ${quoted(missing.id)} must stay as it is`, below: missing.id };
};

/** From the strictest: any change ends a sign-off, changes of these paths, those of pull requests that a bot rebuilds, none. */
export function dismissStale(locked: DismissStale, own: DismissStale): Breach {
  if (own === true || locked === false) return null;
  if (locked === true) return { must: "it must stay true" };
  if (locked === "default")
    return own === "default" ? null : { must: "it must stay as it is by default, or be true" };
  return typeof own === "object" && isWithin(locked, own)
    ? null
    : { must: `it must keep ${listed(locked)}, or be true` };
}

/** Which runs match has to stay: another name may be that of a check that is always green, and one fewer may be the red one. */
export function check(locked: CheckRef, own: CheckRef): Breach {
  for (const key of ["name", "workflow", "app"] as const) {
    if (own[key] === locked[key]) continue;
    const must = locked[key] === undefined ? "must not be given" : `must stay ${quoted(locked[key])}`;
    return { must: `${quoted(key)} ${must}`, below: key };
  }
  const extra = own.accept.find((conclusion) => !locked.accept.includes(conclusion));
  if (extra !== undefined)
    return { must: `only ${oneOf(locked.accept.map(quoted))} counts as green`, below: "accept" };
  return sameLogins(locked.by, own.by)
    ? null
    : { must: `"by" must stay ${listedOrNone(locked.by)}`, below: "by" };
}

export function deployment(locked: DeploymentRef, own: DeploymentRef): Breach {
  if (own.environment !== locked.environment)
    return { must: `"environment" must stay ${quoted(locked.environment)}`, below: "environment" };
  if (own.ignore.length > 0 && !isWithin(own.ignore, locked.ignore))
    return {
      must:
        locked.ignore.length === 0
          ? '"ignore" must stay empty'
          : `"ignore" must stay within ${listed(locked.ignore)}`,
      below: "ignore",
    };
  return sameLogins(locked.by, own.by)
    ? null
    : { must: `"by" must stay ${listedOrNone(locked.by)}`, below: "by" };
}

/** One of them must match, be it a path that is changed or the name of a tag: fewer are stricter. */
export const anyOf = (locked: readonly string[], own: readonly string[]): Breach =>
  isWithin(own, locked) ? null : { must: `only ${listed(locked)} may be named` };

/** Closed days are added up, so that those of the locked form hold anyway. */
export function window(locked: WindowRule, own: WindowRule): Breach {
  if (own.timezone !== locked.timezone)
    return { must: `"timezone" must stay ${quoted(locked.timezone)}`, below: "timezone" };
  const isOpen = (range: WeekRange): boolean =>
    locked.open === null || locked.open.some((other) => isInside(range, other));
  if (locked.open !== null && (own.open === null || !own.open.every(isOpen)))
    return { must: "it must not be open at other times", below: "open" };
  return own.warn.every((range) => isOpen(range) || locked.warn.some((other) => isInside(range, other)))
    ? null
    : { must: "it must not be open at other times", below: "warn" };
}

const isInside = (range: WeekRange, other: WeekRange): boolean =>
  range.days.every((day) => other.days.includes(day)) && range.from >= other.from && range.to <= other.to;

export function announcement(
  locked: Pick<NotifyItem, "to" | "post">,
  own: Pick<NotifyItem, "to" | "post">,
): Breach {
  const missing = locked.to.find(
    (recipient) => !own.to.some((mine) => recipientText(mine) === recipientText(recipient)),
  );
  if (missing !== undefined) return { must: `"to" must keep ${recipientText(missing)}`, below: "to" };
  return locked.post === "on-tick" && own.post === "when-ready"
    ? { must: '"post" must stay "on-tick"', below: "post" }
    : null;
}

const recipientText = (recipient: Recipient): string =>
  recipient.type === "comment" ? "the plain comment" : quoted(recipient.name);

/** Whether all patterns of one list stand in the other. Where `!` takes something away, only equal lists are comparable. */
function isWithin(few: readonly string[], many: readonly string[]): boolean {
  if ([...few, ...many].some((pattern) => pattern.startsWith("!"))) return few.join("\n") === many.join("\n");
  return few.every((pattern) => many.includes(pattern));
}

const sameLogins = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((login) => others.some((other) => sameName(login, other)));

const listed = (patterns: readonly string[]): string => patterns.map(quoted).join(", ");
const listedOrNone = (patterns: readonly string[]): string =>
  patterns.length === 0 ? "empty" : listed(patterns);

export const wait = (locked: WaitItem["wait"], own: WaitItem["wait"]): Breach =>
  own.environment !== locked.environment
    ? { must: '"environment" must stay as it is', below: "environment" }
    : own.milliseconds >= locked.milliseconds
      ? null
      : { must: "it must not be shorter", below: "for" };

const phases = ["before-merge", "deploy", "after-deploy"] as const;

/** Earlier is stricter: what is due after the merge does not hold it up. */
export const phase = (locked: LatePhase | undefined, own: LatePhase | undefined): Breach => {
  const due = phases.indexOf(locked ?? "before-merge");
  return phases.indexOf(own ?? "before-merge") <= due ? null : { must: `it must stay "${phases[due]}"` };
};

/** Closed days of both. */
export const allClosed = (locked: WindowRule, own: WindowRule): WindowRule["closed"] => [
  ...own.closed,
  ...locked.closed.filter(
    ({ from, through }) => !own.closed.some((mine) => mine.from <= from && mine.through >= through),
  ),
];
