import type { Party, Role } from "./checklist.ts";
import { quoted } from "./words.ts";

const signing: readonly Role[] = ["write", "maintain", "admin"];
const login = /^[a-z\d][a-z\d_-]{0,99}(?:\[bot\])?$/i;
const team = /^@([a-z\d][a-z\d-]{0,38})\/([a-z\d][a-z\d_-]{0,99})$/i;

/** Reads `octocat`, `@org/team`, `role:write`; a sentence when it is none of them. */
export function parseParty(text: string): Party | string {
  if (text.startsWith("role:")) {
    const role = signing.find((known) => known === text.slice("role:".length));
    return role === undefined
      ? `${quoted(text)} names no role: use "role:admin", "role:maintain" or "role:write"`
      : { type: "role", role };
  }
  const [, org, slug] = team.exec(text) ?? [];
  if (org !== undefined && slug !== undefined) return { type: "team", org, slug };
  if (login.test(text)) return { type: "user", login: text };
  const bare = text.replace(/^@/, "");
  if (bare !== text && login.test(bare))
    return `${quoted(text)} is no team: write ${quoted(bare)} for a person, "@org/team" for a team`;
  if (text.includes("/") && team.test(`@${text}`))
    return `${quoted(text)} names nobody: a team needs "@", as in ${quoted(`@${text}`)}`;
  return `${quoted(text)} names nobody: write a login, "@org/team" or "role:write"`;
}

/** For texts that the schema has already accepted. */
export function party(text: string): Party {
  const parsed = parseParty(text);
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

/** As it is written in the file. */
export function partyText(party: Party): string {
  switch (party.type) {
    case "user":
      return party.login;
    case "team":
      return `@${party.org}/${party.slug}`;
    case "role":
      return `role:${party.role}`;
  }
}
