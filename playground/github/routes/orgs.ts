import { roleOf } from "../access.ts";
import { forbidden, notFound, unauthorized } from "../errors.ts";
import { organizationJson, teamJson, userJson } from "../json/account.ts";
import { installationJson, repoJson } from "../json/repo.ts";
import type { Account, Repo, Team } from "../model.ts";
import { allows } from "../permissions.ts";
import type { Call } from "../router.ts";
import { ok, page, type Routes } from "../routing.ts";
import { covers } from "../world.ts";

/** Members of a team, and those of the teams below it. */
function membersOf(team: Team): Map<string, { account: Account; role: "maintainer" | "member" }> {
  const all = new Map(team.members);
  for (const other of team.org.teams.values()) {
    if (other.parent !== team) continue;
    for (const [login, member] of membersOf(other)) if (!all.has(login)) all.set(login, member);
  }
  return all;
}

export function orgRoutes(routes: Routes): void {
  const { world } = routes;

  /** Teams and memberships are for members of the organisation, and for apps with members:read there. */
  const orgOf = (call: Call): Account => {
    const org = world.account(call.params.org as string);
    if (org?.type !== "Organization") throw notFound();
    const { caller } = call;
    if (caller.kind === "anonymous") throw unauthorized("Requires authentication");
    if (caller.kind === "app") throw forbidden("Resource not accessible by integration");
    if (caller.kind === "installation") {
      if (caller.installation.account !== org) throw forbidden("Resource not accessible by integration");
      if (!allows(caller.permissions, "members", "read"))
        throw forbidden("Resource not accessible by integration");
    } else if (!org.members.has(caller.account.login.toLowerCase())) {
      throw notFound();
    }
    return org;
  };
  const teamOf = (call: Call): Team => {
    const team = orgOf(call).teams.get((call.params.team as string).toLowerCase());
    if (!team) throw notFound();
    return team;
  };

  routes.on("GET", "/users/{login}", (call) => {
    const account = world.account(call.params.login as string);
    if (!account) throw notFound();
    return ok({
      ...userJson(world.urls, account),
      name: account.name,
      email: null,
      created_at: account.createdAt,
    });
  });

  routes.on("GET", "/orgs/{org}", (call) => {
    const org = world.account(call.params.org as string);
    if (org?.type !== "Organization") throw notFound();
    return ok({ ...organizationJson(world.urls, org), name: org.name, type: org.type });
  });

  /** Public ones for everybody; private ones for those who may read them. */
  routes.on("GET", "/orgs/{org}/repos", (call) => {
    const org = world.account(call.params.org as string);
    if (org?.type !== "Organization") throw notFound();
    const { caller } = call;
    const sees = (repo: Repo): boolean =>
      !repo.private ||
      (caller.kind === "user" && roleOf(repo, caller.account) !== "none") ||
      (caller.kind === "installation" && covers(caller.installation, repo));
    const repos = [...world.repos.values()].filter((repo) => repo.owner === org && sees(repo));
    return page(call, repos, (repo) => repoJson(world.urls, repo));
  });

  /** For owners of the organisation only. */
  routes.on("GET", "/orgs/{org}/installations", (call) => {
    const org = orgOf(call);
    const { caller } = call;
    const owns =
      caller.kind === "user" && org.members.get(caller.account.login.toLowerCase())?.role === "admin";
    if (!owns) throw forbidden("You must be an admin of this organization.");
    const installations = [...world.installations.values()].filter(({ account }) => account === org);
    return page(call, installations, (one) => installationJson(world.urls, one), "installations");
  });

  routes.on("GET", "/orgs/{org}/members", (call) =>
    page(call, [...orgOf(call).members.values()], ({ account }) => userJson(world.urls, account)),
  );

  routes.on("GET", "/orgs/{org}/teams", (call) =>
    page(call, [...orgOf(call).teams.values()], (team) => teamJson(world.urls, team)),
  );

  routes.on("GET", "/orgs/{org}/teams/{team}", (call) => {
    const team = teamOf(call);
    return ok({
      ...teamJson(world.urls, team),
      members_count: membersOf(team).size,
      repos_count: team.repos.size,
      organization: organizationJson(world.urls, team.org),
    });
  });

  routes.on("GET", "/orgs/{org}/teams/{team}/members", (call) => {
    const role = call.query.get("role") ?? "all";
    const found = [...membersOf(teamOf(call)).values()].filter(
      (member) => role === "all" || member.role === role,
    );
    return page(call, found, ({ account }) => userJson(world.urls, account));
  });

  routes.on("GET", "/orgs/{org}/teams/{team}/memberships/{login}", (call) => {
    const member = membersOf(teamOf(call)).get((call.params.login as string).toLowerCase());
    if (!member) throw notFound();
    const url = `${world.urls.api}/orgs/${call.params.org}/teams/${call.params.team}/memberships/${member.account.login}`;
    return ok({ url, role: member.role, state: "active" });
  });

  routes.on("GET", "/orgs/{org}/teams/{team}/repos", (call) => {
    const team = teamOf(call);
    const repos = [...world.repos.values()].filter((repo) => team.repos.has(repo.id));
    return page(call, repos, (repo) => repoJson(world.urls, repo));
  });
}
