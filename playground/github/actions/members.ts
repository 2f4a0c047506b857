import { teamJson, userJson } from "../json/account.ts";
import type { Account, Repo, Role, Team } from "../model.ts";
import type { World } from "../world.ts";
import { personOf } from "./accounts.ts";

/** Who belongs where, and what that lets them do. Everything here tells apps that rights have changed. */

/** Gives somebody a role of their own in a repository; `none` takes it away. */
export function setRole(world: World, repo: Repo, account: Account, role: Role, by: Account): void {
  const key = account.login.toLowerCase();
  const before = repo.collaborators.get(key)?.role;
  if (before === role || (before === undefined && role === "none")) return;
  if (role === "none") repo.collaborators.delete(key);
  else repo.collaborators.set(key, { account, role });
  const action = role === "none" ? "removed" : before === undefined ? "added" : "edited";
  world.emit({
    event: "member",
    action,
    repo,
    sender: by,
    payload: () => ({
      member: userJson(world.urls, account),
      ...(action === "edited"
        ? { changes: { old_permission: { from: before }, permission: { from: before, to: role } } }
        : {}),
    }),
  });
}

export function joinOrg(
  world: World,
  org: Account,
  login: string,
  role: "admin" | "member",
  by: Account,
): void {
  const account = personOf(world, login);
  const known = org.members.get(login.toLowerCase());
  org.members.set(login.toLowerCase(), { account, role });
  if (!known) emitMembership(world, org, account, "member_added", role, by);
}

export function leaveOrg(world: World, org: Account, login: string, by: Account): void {
  const member = org.members.get(login.toLowerCase());
  if (!member) return;
  for (const team of org.teams.values()) leaveTeam(world, team, login, by);
  org.members.delete(login.toLowerCase());
  emitMembership(world, org, member.account, "member_removed", member.role, by);
}

function emitMembership(
  world: World,
  org: Account,
  account: Account,
  action: string,
  role: string,
  by: Account,
): void {
  world.emit({
    event: "organization",
    action,
    org,
    sender: by,
    payload: () => ({
      membership: {
        url: `${world.urls.api}/orgs/${org.login}/memberships/${account.login}`,
        state: "active",
        role,
        organization_url: `${world.urls.api}/orgs/${org.login}`,
        user: userJson(world.urls, account),
      },
    }),
  });
}

/** A team, which GitHub tells of when it is made. */
export function createTeam(
  world: World,
  org: Account,
  slug: string,
  parent: Team | undefined,
  by: Account,
): Team {
  const team: Team = {
    id: world.id(),
    org,
    slug,
    name: slug,
    members: new Map(),
    repos: new Map(),
    ...(parent ? { parent } : {}),
  };
  org.teams.set(slug.toLowerCase(), team);
  world.emit({
    event: "team",
    action: "created",
    org,
    sender: by,
    payload: () => ({ team: teamJson(world.urls, team) }),
  });
  return team;
}

const emitTeamMember = (world: World, team: Team, account: Account, action: string, by: Account): void =>
  world.emit({
    event: "membership",
    action,
    org: team.org,
    sender: by,
    payload: () => ({
      scope: "team",
      member: userJson(world.urls, account),
      team: teamJson(world.urls, team),
    }),
  });

export function joinTeam(
  world: World,
  team: Team,
  login: string,
  role: "maintainer" | "member",
  by: Account,
): void {
  const key = login.toLowerCase();
  if (!team.org.members.has(key)) joinOrg(world, team.org, login, "member", by);
  const known = team.members.has(key);
  const account = personOf(world, login);
  team.members.set(key, { account, role });
  if (!known) emitTeamMember(world, team, account, "added", by);
}

export function leaveTeam(world: World, team: Team, login: string, by: Account): void {
  const member = team.members.get(login.toLowerCase());
  if (!member) return;
  team.members.delete(login.toLowerCase());
  emitTeamMember(world, team, member.account, "removed", by);
}

/** What a team may do in a repository; `none` takes it away. */
export function setTeamRole(world: World, team: Team, repo: Repo, role: Role, by: Account): void {
  const before = team.repos.get(repo.id);
  if (before === role || (before === undefined && role === "none")) return;
  if (role === "none") team.repos.delete(repo.id);
  else team.repos.set(repo.id, role);
  const action =
    role === "none" ? "removed_from_repository" : before === undefined ? "added_to_repository" : "edited";
  world.emit({
    event: "team",
    action,
    repo,
    sender: by,
    payload: () => ({ team: teamJson(world.urls, team), ...(action === "edited" ? { changes: {} } : {}) }),
  });
}
