import type { Actor } from "../actor.ts";
import type { ManualItem, NotifyItem, Party } from "../config/checklist.ts";
import { belongs, maySign, type Right } from "../sign-off/rights.ts";
import { deploymentsKey, type Need, type Person, type Snapshot } from "../snapshot.ts";

export type PersonItem = ManualItem | NotifyItem;

/** Collects what a decision still needs, each thing once. */
export class Needs {
  readonly #byKey = new Map<string, Need>();

  add(need: Need): void {
    const key =
      need.kind === "person"
        ? `person ${need.actor.login.toLowerCase()} ${need.teams.join(" ")}`
        : need.kind === "team"
          ? `team ${need.team}`
          : need.kind === "comparison"
            ? `comparison ${need.sha}`
            : need.kind === "deployments"
              ? `deployments ${deploymentsKey(need)}`
              : need.kind;
    this.#byKey.set(key, need);
  }

  get list(): readonly Need[] {
    return [...this.#byKey.values()];
  }
}

const unread: Right = {
  may: "unknown",
  problem: { what: "the rights of a person", why: "they were not read yet" },
};

/** Asks for what is missing to tell somebody's right; until it was read, the right is unknown. */
export function rightToSign(item: PersonItem, by: Actor, snapshot: Snapshot, needs: Needs): Right {
  const person = personFor(item.signers.from, by, snapshot, needs);
  if (person === null) return unread;
  if (item.signers.not.includes("contributors") && snapshot.contributors === null) {
    needs.add({ kind: "contributors" });
    return unread;
  }
  return maySign(item.signers, person, {
    author: snapshot.pull.author,
    pusher: snapshot.pull.pusher,
    contributors: snapshot.contributors,
  });
}

export function rightAmong(parties: readonly Party[], by: Actor, snapshot: Snapshot, needs: Needs): Right {
  const person = personFor(parties, by, snapshot, needs);
  return person === null ? unread : belongs(parties, person);
}

function personFor(parties: readonly Party[], by: Actor, snapshot: Snapshot, needs: Needs): Person | null {
  const teams = parties.flatMap((party) =>
    party.type === "team" ? [`${party.org}/${party.slug}`.toLowerCase()] : [],
  );
  const person = snapshot.people.get(by.login.toLowerCase());
  const missing = teams.filter((team) => !person?.teams.has(team));
  if (person !== undefined && missing.length === 0) return person;
  needs.add({ kind: "person", actor: by, teams: missing });
  return null;
}

/** The ledger keeps logins only; apps' accounts are known by their suffix. */
export const actorOf = (login: string): Actor => ({
  login,
  kind: login.toLowerCase().endsWith("[bot]") ? "bot" : "person",
});

/** The app's own account, as its edits and comments carry it. */
export const selfOf = (snapshot: Snapshot): string => `${snapshot.app.slug}[bot]`;

export const shortSha = (sha: string): string => sha.slice(0, 7);
