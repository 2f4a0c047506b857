import { atLeast, roleOf } from "./access.ts";
import { type Account, type Json, type Repo, ROLES, type Role, type Ruleset } from "./model.ts";

/** Whom the rules of a ruleset do not bind: logins, `@org/team`, `role:admin`, `owners`. */

const teamOf = (repo: Repo, name: string) =>
  name.startsWith("@") ? repo.owner.teams.get((name.split("/")[1] ?? "").toLowerCase()) : undefined;

const roleNamed = (name: string): Role | undefined => ROLES.find((role) => name === `role:${role}`);

function covers(name: string, repo: Repo, account: Account): boolean {
  const role = roleNamed(name);
  if (role) return atLeast(roleOf(repo, account), role);
  if (name === "owners") return repo.owner.members.get(account.login.toLowerCase())?.role === "admin";
  const team = teamOf(repo, name);
  return team ? team.members.has(account.login.toLowerCase()) : name === account.login;
}

export const bypasses = (ruleset: Ruleset, repo: Repo, account: Account): boolean =>
  ruleset.bypass.some((name) => covers(name, repo, account));

/** GitHub's ids of the roles of a repository. */
const roleIds: Partial<Record<Role, number>> = { maintain: 2, write: 4, admin: 5 };

/** As `bypass_actors` shows them. */
export function bypassActors(
  { bypass }: Ruleset,
  repo: Repo,
  accountOf: (login: string) => Account | undefined,
): Json[] {
  return bypass.map((name) => {
    const bypass_mode = "always";
    const role = roleNamed(name);
    if (role) return { actor_id: roleIds[role] ?? null, actor_type: "RepositoryRole", bypass_mode };
    if (name === "owners") return { actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode };
    const team = teamOf(repo, name);
    if (team) return { actor_id: team.id, actor_type: "Team", bypass_mode };
    const account = accountOf(name);
    return {
      actor_id: account?.app?.id ?? account?.id ?? null,
      actor_type: account?.app ? "Integration" : "User",
      bypass_mode,
    };
  });
}
