import type { LimitOptions } from "./limits.ts";
import type { App, Permissions, Role } from "./model.ts";
import type { Sink } from "./webhooks.ts";

export interface GitHubOptions {
  /** The time; GitHub shows it in whole seconds. The machine's clock when absent. */
  clock?: () => Date;
  /** What SHAs, tokens and GUIDs are derived from. */
  seed?: string;
  /** Added to every answer over HTTP and in process. */
  latencyMs?: number;
  /** Takes webhooks instead of HTTP. */
  sink?: Sink;
  /** Base addresses in payloads. `listen` sets them to itself when they are absent. */
  apiUrl?: string;
  htmlUrl?: string;
  /** Rate limits to enforce; none when absent. */
  limits?: LimitOptions;
  /** Installation tokens end after an hour of `clock`. */
  expireTokens?: boolean;
  /** Answers every question for `userContentEdits` with FORBIDDEN. */
  forbidEditHistory?: boolean;
  deliveryLogLimit?: number;
  requestLogLimit?: number;
  webhookTimeoutMs?: number;
}

export interface AppOptions {
  slug: string;
  id?: number;
  name?: string;
  owner?: string;
  /** PEM; one that is made once in a process when absent. */
  privateKey?: string;
  webhookUrl?: string;
  webhookSecret?: string;
  permissions?: Permissions;
  events?: readonly string[];
  autoSuites?: boolean;
}

export interface AppHandle extends App {
  privateKey: string;
}

export interface RepoOptions {
  files?: Readonly<Record<string, string>>;
  /** Roles of people here, by login. */
  collaborators?: Readonly<Record<string, Role>>;
  /** Roles of teams of the owner, by slug. */
  teams?: Readonly<Record<string, Role>>;
  private?: boolean;
  defaultBranch?: string;
  /** Further branches, all starting at the first commit. */
  branches?: readonly string[];
}
