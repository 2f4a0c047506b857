import type { Account, App, Json, Team } from "../model.ts";
import type { Urls } from "../world.ts";

export const nodeId = (kind: string, id: number | string): string =>
  Buffer.from(`${kind}:${id}`).toString("base64");

const users = new WeakMap<Urls, Map<Account, Json>>();

/** A user, bot or organisation as it stands in every other object. Shared, because it never changes. */
export function userJson(urls: Urls, account: Account): Json {
  let known = users.get(urls);
  if (!known) {
    known = new Map();
    users.set(urls, known);
  }
  const found = known.get(account);
  if (found) return found;
  const url = `${urls.api}/users/${encodeURIComponent(account.login)}`;
  const json = {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${urls.html}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${urls.html}/${account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
  known.set(account, json);
  return json;
}

export function organizationJson(urls: Urls, account: Account): Json {
  const url = `${urls.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${urls.html}/avatars/u/${account.id}?v=4`,
    description: "",
  };
}

export function teamJson(urls: Urls, team: Team): Json {
  const url = `${urls.api}/organizations/${team.org.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    name: team.name,
    slug: team.slug,
    description: "",
    privacy: "closed",
    notification_setting: "notifications_enabled",
    url,
    html_url: `${urls.html}/orgs/${team.org.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    permission: "pull",
    parent: team.parent ? { id: team.parent.id, name: team.parent.name, slug: team.parent.slug } : null,
  };
}

export function appJson(urls: Urls, app: App): Json {
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId("App", app.id),
    owner: userJson(urls, app.owner),
    name: app.name,
    description: "",
    external_url: `${urls.html}/apps/${app.slug}`,
    html_url: `${urls.html}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: [...app.events],
  };
}
