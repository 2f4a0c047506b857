import { nodeId, organizationJson, userJson } from "./json/account.ts";
import { repoJson } from "./json/repo.ts";
import type { App, Installation, Json } from "./model.ts";
import { ALWAYS, allows, EVENT_PERMISSIONS } from "./permissions.ts";
import type { EventDraft, World } from "./world.ts";
import { covers } from "./world.ts";

export interface Emission {
  app: App;
  installation: Installation;
  event: string;
  action: string | undefined;
  repositoryId: number | undefined;
  payload: Json;
}

function hears(installation: Installation, draft: EventDraft): boolean {
  const { app } = installation;
  if (draft.only && draft.only !== app) return false;
  if (draft.installation) return draft.installation === installation;
  if (installation.suspendedAt !== null) return false;
  if (draft.repo ? !covers(installation, draft.repo) : installation.account !== draft.org) return false;
  if (!ALWAYS.has(draft.event) && !app.events.has(draft.event)) return false;
  const needed = EVENT_PERMISSIONS[draft.event] ?? [];
  // Requests to an app itself, such as `rerequested`, go only to those that could answer them.
  const access = draft.only ? "write" : "read";
  return needed.length === 0 || needed.some((name) => allows(installation.permissions, name, access));
}

/** The parts which every event of a repository has. A push has the owner and some numbers in an older form. */
function frame(world: World, draft: EventDraft): Json {
  const { repo } = draft;
  const { urls } = world;
  if (!repo) return draft.org ? { organization: organizationJson(urls, draft.org) } : {};
  const json = repoJson(urls, repo);
  const organization =
    repo.owner.type === "Organization" ? { organization: organizationJson(urls, repo.owner) } : {};
  if (draft.event !== "push") return { repository: json, ...organization };
  const email = `${repo.owner.login}@users.noreply.github.com`;
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  return {
    repository: {
      ...json,
      owner: { name: repo.owner.login, email, ...userJson(urls, repo.owner) },
      url: json.html_url,
      created_at: seconds(repo.createdAt),
      pushed_at: seconds(repo.pushedAt),
      stargazers: 0,
      master_branch: repo.defaultBranch,
      ...(repo.owner.type === "Organization" ? { organization: repo.owner.login } : {}),
    },
    ...organization,
  };
}

/** Turns what happened into one payload for each app that is told of it. */
export function emissions(world: World, draft: EventDraft): Emission[] {
  let body: Json | undefined;
  const made: Emission[] = [];
  for (const installation of world.installations.values()) {
    if (!hears(installation, draft)) continue;
    body ??= {
      ...(draft.action === undefined ? {} : { action: draft.action }),
      ...draft.payload(),
      ...frame(world, draft),
      sender: userJson(world.urls, draft.sender),
    };
    const { app } = installation;
    const reference = { id: installation.id, node_id: nodeId("Installation", installation.id) };
    made.push({
      app,
      installation,
      event: draft.event,
      action: draft.action,
      repositoryId: draft.repo?.id,
      payload: "installation" in body ? body : { ...body, installation: reference },
    });
  }
  return made;
}
