import type { Actor } from "../../domain/actor.ts";

/** Name of a repository as the REST API's paths want it. */
export interface RepoName {
  readonly owner: string;
  readonly repo: string;
}

/** An account as REST and webhooks show it. Deleted accounts are null. */
export const actorOf = (account: { login: string; type?: string } | null | undefined): Actor | null =>
  account ? { login: account.login, kind: account.type === "Bot" ? "bot" : "person" } : null;

/** The account that GitHub shows for people who have deleted theirs. */
export const ghost: Actor = { login: "ghost", kind: "person" };
