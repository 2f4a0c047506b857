import { inWords, isExcluded } from "../sign-off/rights.ts";
import type { Snapshot } from "../snapshot.ts";
import { actorOf, type Needs, type PersonItem } from "./circumstances.ts";

/**
 * Why nobody can give the signatures that are asked for: those whom the rule names are few, and `not` excludes them.
 * Null where somebody is left, or where that cannot be told: roles have many holders.
 */
export function nobodyLeft(item: PersonItem, snapshot: Snapshot, needs: Needs): string | null {
  const { from, not, count } = item.signers;
  if (not.length === 0) return null;
  const logins = new Set<string>();
  for (const party of from) {
    if (party.type === "role") return null;
    if (party.type === "user") logins.add(party.login.toLowerCase());
    else {
      const team = `${party.org}/${party.slug}`.toLowerCase();
      const members = snapshot.teams?.get(team);
      if (members === undefined) needs.add({ kind: "team", team });
      if (!members?.ok) return null;
      for (const login of members.value) logins.add(login.toLowerCase());
    }
  }
  if (not.includes("contributors") && snapshot.contributors === null) {
    needs.add({ kind: "contributors" });
    return null;
  }
  const { author, pusher } = snapshot.pull;
  const around = { author, pusher, contributors: snapshot.contributors };
  const left = [...logins].filter((login) => !isExcluded(item.signers, actorOf(login), around));
  if (left.length >= count) return null;
  const excluded = not.map((kind) => (kind === "author" ? "the author" : "the authors of its commits"));
  const who = `${inWords(from)} may, but not ${excluded.join(" nor ")}`;
  return left.length === 0
    ? `${who}, and nobody else is left`
    : `${who}, and that leaves ${left.length} of ${count}`;
}
