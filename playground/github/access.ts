import { type Account, type Actor, type App, type Repo, ROLES, type Role } from "./model.ts";

/** Who may do what in a repository. */

export const atLeast = (role: Role, wanted: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(wanted);

const higher = (a: Role, b: Role): Role => (atLeast(a, b) ? a : b);

/** The highest of what ownership, membership, teams and direct access give. Public repositories are read by all. */
export function roleOf(repo: Repo, account: Account): Role {
  const { owner } = repo;
  if (owner === account) return "admin";
  const key = account.login.toLowerCase();
  let role: Role = repo.private ? "none" : "read";
  role = higher(role, repo.collaborators.get(key)?.role ?? "none");
  if (owner.type !== "Organization") return role;
  const member = owner.members.get(key);
  if (member?.role === "admin") return "admin";
  if (member) role = higher(role, owner.baseRole);
  for (const team of owner.teams.values()) {
    if (!team.members.has(key)) continue;
    for (let at: typeof team | undefined = team; at; at = at.parent) {
      role = higher(role, at.repos.get(repo.id) ?? "none");
    }
  }
  return role;
}

/** The four words of the older `permission` field. */
export function legacyPermission(role: Role): "none" | "read" | "write" | "admin" {
  if (role === "triage") return "read";
  return role === "maintain" ? "write" : role;
}

export function association(repo: Repo, account: Account): string {
  if (repo.owner === account) return "OWNER";
  const key = account.login.toLowerCase();
  if (repo.owner.members.has(key)) return "MEMBER";
  return repo.collaborators.has(key) ? "COLLABORATOR" : "NONE";
}

export const actorOf = (account: Account): Actor => ({ account, app: account.app });

export const botOf = (app: App): Actor => ({ account: app.bot, app });
