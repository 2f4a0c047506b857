import { type Actor, sameName } from "../actor.ts";
import { type Party, type Role, roles, type SignerRule } from "../config/checklist.ts";
import type { Problem, Read } from "../problem.ts";
import type { Person } from "../snapshot.ts";

export type Right =
  | { readonly may: "yes" }
  | { readonly may: "no"; readonly why: string }
  | { readonly may: "unknown"; readonly problem: Problem };

export interface Circumstances {
  readonly author: Actor;
  /** Who pushed the head; stands for the author when a bot opened the pull request. */
  readonly pusher: Actor | null;
  /** Null: no item asks for them. */
  readonly contributors: Read<readonly string[]> | null;
}

/** May this person sign by this rule? Bots never, unless a rule names them by login. */
export function maySign(rule: SignerRule, person: Person, around: Circumstances): Right {
  const excluded = exclusion(rule, person.actor, around);
  if (excluded !== null) return excluded;
  return belongs(rule.from, person);
}

/** Is the person one of these? Used for `signers.from`, `may.waive` and `may.override`. */
export function belongs(parties: readonly Party[], person: Person): Right {
  const named = parties.some((party) => party.type === "user" && sameName(party.login, person.actor.login));
  if (named) return { may: "yes" };
  if (person.actor.kind === "bot") return { may: "no", why: "a bot does not sign" };
  let problem: Problem | null = null;
  for (const party of parties) {
    const answer = membership(party, person);
    if (answer === null) continue;
    if (!answer.ok) problem ??= answer.problem;
    else if (answer.value) return { may: "yes" };
  }
  return problem === null
    ? { may: "no", why: `it needs ${neededInWords(parties)}` }
    : { may: "unknown", problem };
}

function membership(party: Party, person: Person): Read<boolean> | null {
  if (party.type === "user") return null;
  if (party.type === "team")
    return (
      person.teams.get(`${party.org}/${party.slug}`.toLowerCase()) ?? {
        ok: false,
        problem: { what: `the members of @${party.org}/${party.slug}`, why: "they were not read" },
      }
    );
  if (!person.role.ok) return person.role;
  const role = person.role.value;
  return { ok: true, value: role !== null && roles.indexOf(role) >= roles.indexOf(party.role) };
}

/** Whether `not` keeps this person from signing, whatever else they may. */
export const isExcluded = (rule: SignerRule, actor: Actor, around: Circumstances): boolean =>
  exclusion(rule, actor, around)?.may === "no";

function exclusion(rule: SignerRule, actor: Actor, around: Circumstances): Right | null {
  for (const kind of rule.not) {
    if (kind === "author") {
      const author = around.author.kind === "bot" ? (around.pusher ?? around.author) : around.author;
      if (sameName(author.login, actor.login) || sameName(around.author.login, actor.login))
        return { may: "no", why: "the author does not sign this" };
    } else {
      const { contributors } = around;
      if (contributors === null || !contributors.ok)
        return {
          may: "unknown",
          problem: contributors?.problem ?? { what: "the authors of the commits", why: "they were not read" },
        };
      if (contributors.value.some((login) => sameName(login, actor.login)))
        return { may: "no", why: "an author of the commits does not sign this" };
    }
  }
  return null;
}

/** `@acme/sre or @octocat`, `anyone with write access`: plain text, to be made inert where it is shown. */
export const inWords = (parties: readonly Party[]): string =>
  listed(parties, (role) => (role === "admin" ? "an admin" : `anyone with ${role} access`));

/** What somebody lacks: `@acme/sre or write access`. */
const neededInWords = (parties: readonly Party[]): string => listed(parties, (role) => `${role} access`);

function listed(parties: readonly Party[], ofRole: (role: Role) => string): string {
  const words = parties.map((party) => {
    if (party.type === "user") return `@${party.login}`;
    return party.type === "team" ? `@${party.org}/${party.slug}` : ofRole(party.role);
  });
  const last = words.at(-1) ?? "nobody";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** The rule in words: `@acme/sre, not the author, 2 people`. */
export function ruleInWords(rule: SignerRule): string {
  const not = rule.not.map((kind) => (kind === "author" ? "not the author" : "no author of the commits"));
  const count = rule.count > 1 ? [`${rule.count} people`] : [];
  return [inWords(rule.from), ...not, ...count].join(", ");
}
