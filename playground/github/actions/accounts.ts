import type { KeyObject } from "node:crypto";
import { installationEventJson, repoStub } from "../json/repo.ts";
import type { Account, App, Installation, Json, Permissions, Repo } from "../model.ts";
import { allows, EVENT_PERMISSIONS } from "../permissions.ts";
import type { World } from "../world.ts";

/** People, organisations, teams, apps and their installations. */

export function createAccount(world: World, login: string, type: Account["type"]): Account {
  const known = world.account(login);
  if (known) {
    if (known.type !== type) throw new Error(`${login} is already a ${known.type}`);
    return known;
  }
  const account: Account = {
    id: world.id(),
    login,
    type,
    name: login,
    createdAt: world.now(),
    members: new Map(),
    teams: new Map(),
    baseRole: "read",
  };
  world.accounts.set(login.toLowerCase(), account);
  return account;
}

export interface AppFields {
  slug: string;
  id?: number;
  name?: string;
  owner?: Account;
  permissions: Permissions;
  events: readonly string[];
  publicKey?: KeyObject;
  webhookUrl?: string;
  webhookSecret?: string;
  autoSuites?: boolean;
}

/** GitHub lets an app subscribe only to events of which its permissions tell it something. */
export function createApp(world: World, fields: AppFields): App {
  for (const event of fields.events) {
    const needed = EVENT_PERMISSIONS[event];
    if (needed === undefined) throw new Error(`The fake GitHub does not know the event ${event}`);
    if (needed.length > 0 && !needed.some((name) => allows(fields.permissions, name, "read"))) {
      throw new Error(
        `The app ${fields.slug} cannot subscribe to ${event} without ${needed.join(" or ")}: read`,
      );
    }
  }
  const bot = createAccount(world, `${fields.slug}[bot]`, "Bot");
  const id = fields.id ?? world.id();
  const app: App = {
    id,
    slug: fields.slug,
    name: fields.name ?? fields.slug,
    clientId: `Iv1.${world.digest("client", id).slice(0, 16)}`,
    owner: fields.owner ?? createAccount(world, "github", "Organization"),
    bot,
    permissions: { metadata: "read", ...fields.permissions },
    events: new Set(fields.events),
    publicKey: fields.publicKey,
    webhookUrl: fields.webhookUrl,
    webhookSecret: fields.webhookSecret,
    autoSuites: fields.autoSuites ?? allows(fields.permissions, "checks", "write"),
    createdAt: world.now(),
  };
  bot.app = app;
  world.apps.set(app.slug, app);
  return app;
}

const WRITES = ["actions", "checks", "contents", "deployments", "issues", "pull_requests", "statuses"];

/** An app of somebody else, which nobody installed formally and which may do what apps do: CI, a bot. */
export const otherApp = (world: World, slug: string): App =>
  world.apps.get(slug) ??
  createApp(world, {
    slug,
    permissions: Object.fromEntries(WRITES.map((name) => [name, "write"])),
    events: [],
    autoSuites: false,
  });

/** The account of that name. When there is none yet, a person is made, or an app for a name that ends with `[bot]`. */
export function personOf(world: World, login: string): Account {
  const known = world.account(login);
  if (known) return known;
  if (login.endsWith("[bot]")) return otherApp(world, login.slice(0, -"[bot]".length)).bot;
  return createAccount(world, login, "User");
}

const installationOf = (world: World, app: App, account: Account): Installation | undefined =>
  [...world.installations.values()].find((one) => one.app === app && one.account === account);

function announce(
  world: World,
  installation: Installation,
  action: string,
  sender: Account,
  more: () => Json,
) {
  world.emit({
    event: action === "added" || action === "removed" ? "installation_repositories" : "installation",
    action,
    sender,
    only: installation.app,
    installation,
    payload: () => ({ installation: installationEventJson(world.urls, installation), ...more() }),
  });
}

function changeRepositories(
  world: World,
  installation: Installation,
  added: Repo[],
  removed: Repo[],
  by: Account,
) {
  announce(world, installation, added.length > 0 ? "added" : "removed", by, () => ({
    repository_selection: installation.selection,
    repositories_added: added.map(repoStub),
    repositories_removed: removed.map(repoStub),
    requester: null,
  }));
}

/** Installs an app, or gives an installation more repositories. */
export function install(
  world: World,
  app: App,
  account: Account,
  repos: Repo[] | "all",
  by: Account,
): Installation {
  const known = installationOf(world, app, account);
  if (known) {
    if (repos === "all") known.selection = "all";
    const added = repos === "all" ? [] : repos.filter((repo) => !known.repositoryIds.has(repo.id));
    for (const repo of added) known.repositoryIds.add(repo.id);
    if (added.length > 0 && known.selection === "selected") changeRepositories(world, known, added, [], by);
    return known;
  }
  const installation: Installation = {
    id: world.id(),
    app,
    account,
    selection: repos === "all" ? "all" : "selected",
    repositoryIds: new Set(repos === "all" ? [] : repos.map((repo) => repo.id)),
    permissions: { ...app.permissions },
    events: new Set(app.events),
    createdAt: world.now(),
    suspendedAt: null,
    suspendedBy: null,
  };
  world.installations.set(installation.id, installation);
  announce(world, installation, "created", by, () => ({
    repositories: [...world.repos.values()]
      .filter((repo) => repo.owner === account && (repos === "all" || repos.includes(repo)))
      .map(repoStub),
    requester: null,
  }));
  return installation;
}

export function removeRepository(world: World, installation: Installation, repo: Repo, by: Account): void {
  if (!installation.repositoryIds.delete(repo.id)) return;
  changeRepositories(world, installation, [], [repo], by);
}

export function uninstall(world: World, installation: Installation, by: Account): void {
  announce(world, installation, "deleted", by, () => ({ repositories: [], requester: null }));
  world.installations.delete(installation.id);
}

export function suspend(world: World, installation: Installation, suspended: boolean, by: Account): void {
  installation.suspendedAt = suspended ? world.now() : null;
  installation.suspendedBy = suspended ? by : null;
  announce(world, installation, suspended ? "suspend" : "unsuspend", by, () => ({
    repositories: [],
    requester: null,
  }));
}

/** The owner accepts other permissions and events than before; the app asked for them in its settings. */
export function grant(world: World, installation: Installation, permissions: Permissions, by: Account): void {
  installation.permissions = { metadata: "read", ...permissions };
  announce(world, installation, "new_permissions_accepted", by, () => ({
    repositories: [],
    requester: null,
  }));
}
