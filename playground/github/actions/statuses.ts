import { statusEventJson } from "../json/check.ts";
import type { Actor, Repo, Status } from "../model.ts";
import type { World } from "../world.ts";
import { addTo } from "./checks.ts";

export interface StatusFields {
  sha: string;
  context?: string;
  state: Status["state"];
  description?: string | null;
  targetUrl?: string | null;
}

/** Each report is a new status; the newest of a context is the one that counts. */
export function createStatus(world: World, repo: Repo, fields: StatusFields, by: Actor): Status {
  const now = world.now();
  const status: Status = {
    id: world.id(),
    repo,
    sha: fields.sha,
    context: fields.context ?? "default",
    state: fields.state,
    description: fields.description ?? null,
    targetUrl: fields.targetUrl ?? null,
    creator: by.account,
    app: by.app,
    createdAt: now,
    updatedAt: now,
  };
  addTo(repo.statusesBySha, status.sha, status);
  world.emit({ event: "status", repo, sender: by.account, payload: () => statusEventJson(world, status) });
  world.checksChanged(repo, status.sha);
  return status;
}

/** The newest status of each context, in the order in which the contexts first appeared. */
export function newestStatuses(repo: Repo, sha: string): Status[] {
  const newest = new Map<string, Status>();
  for (const status of repo.statusesBySha.get(sha) ?? []) newest.set(status.context, status);
  return [...newest.values()];
}

export function combinedState(statuses: readonly Status[]): "failure" | "pending" | "success" {
  if (statuses.some(({ state }) => state === "error" || state === "failure")) return "failure";
  return statuses.length === 0 || statuses.some(({ state }) => state === "pending") ? "pending" : "success";
}
