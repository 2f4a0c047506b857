import { association, atLeast, legacyPermission, roleOf } from "../access.ts";
import { forbidden, notFound } from "../errors.ts";
import { teamJson, userJson } from "../json/account.ts";
import { repoDetails, repoUrl } from "../json/repo.ts";
import type { Account, Json, Repo, Team } from "../model.ts";
import { allows } from "../permissions.ts";
import { branchesOf } from "../refs.ts";
import { noContent, ok, page, type Routes } from "../routing.ts";

/** The repository itself, and who may do what in it. */

/** Everybody with access of their own: not those who only read because the repository is public. */
function collaborators(repo: Repo): Account[] {
  const all = new Map<string, Account>();
  const add = (account: Account) => all.set(account.login, account);
  if (repo.owner.type === "User") add(repo.owner);
  for (const { account } of repo.collaborators.values()) add(account);
  for (const { account } of repo.owner.members.values()) add(account);
  for (const team of repo.owner.teams.values()) {
    if (team.repos.has(repo.id)) for (const { account } of team.members.values()) add(account);
  }
  return [...all.values()].sort((a, b) => (a.login < b.login ? -1 : 1));
}

const legacyTeamPermission = {
  none: "pull",
  read: "pull",
  triage: "triage",
  write: "push",
  maintain: "maintain",
  admin: "admin",
};

const bits = (role: ReturnType<typeof roleOf>): Json => ({
  admin: atLeast(role, "admin"),
  maintain: atLeast(role, "maintain"),
  push: atLeast(role, "write"),
  triage: atLeast(role, "triage"),
  pull: atLeast(role, "read"),
});

export function repoRoutes(routes: Routes): void {
  const { world } = routes;
  const contentsRead = { needs: [["contents", "read"]] } as const;
  const metadata = { needs: [["metadata", "read"]] } as const;

  routes.repo("GET", "", metadata, (call) =>
    ok(
      repoDetails(world.urls, call.repo, (role) =>
        call.caller.kind === "installation"
          ? role === "read" || (role === "write" && allows(call.caller.permissions, "contents", "write"))
          : call.caller.kind === "user" && atLeast(roleOf(call.repo, call.caller.account), role),
      ),
    ),
  );

  routes.repo("GET", "/collaborators", metadata, (call) =>
    page(call, collaborators(call.repo), (account) => {
      const role = roleOf(call.repo, account);
      return { ...userJson(world.urls, account), permissions: bits(role), role_name: role };
    }),
  );

  routes.repo("GET", "/collaborators/{login}", metadata, (call) => {
    if (!collaborators(call.repo).some((one) => one === world.account(call.params.login as string)))
      throw notFound();
    return noContent();
  });

  routes.repo("GET", "/collaborators/{login}/permission", metadata, (call) => {
    const account = world.account(call.params.login as string);
    if (!account) throw notFound();
    if (call.caller.kind === "user" && !atLeast(roleOf(call.repo, call.caller.account), "write")) {
      throw forbidden("Must have push access to view collaborator permission.");
    }
    const role = roleOf(call.repo, account);
    return ok({
      permission: legacyPermission(role),
      role_name: role,
      user: { ...userJson(world.urls, account), permissions: bits(role), role_name: role },
    });
  });

  routes.repo(
    "GET",
    "/teams",
    {
      needs: [
        ["administration", "read"],
        ["metadata", "read"],
      ],
    },
    (call) => {
      const teams = [...call.repo.owner.teams.values()].filter((team) => team.repos.has(call.repo.id));
      return page(call, teams, (team: Team) => {
        const role = team.repos.get(call.repo.id) ?? "read";
        return {
          ...teamJson(world.urls, team),
          permission: legacyTeamPermission[role],
          permissions: bits(role),
        };
      });
    },
  );

  routes.repo("GET", "/branches", contentsRead, (call) =>
    page(call, branchesOf(call.repo), ({ name, sha }) => ({
      name,
      commit: { sha, url: `${repoUrl(world.urls, call.repo)}/commits/${sha}` },
      protected: call.repo.protections.has(name),
    })),
  );

  routes.repo("GET", "/assignees/{login}", metadata, (call) => {
    const account = world.account(call.params.login as string);
    if (!account || association(call.repo, account) === "NONE") throw notFound();
    return noContent();
  });
}
