import type { Actor } from "../actor.ts";

/** What GitHub tells of the deployments to one environment. */
export interface EnvironmentFacts {
  readonly environment: string;
  /** The newest one that counts; null: none among the last ones. */
  readonly newest: Deployment | null;
  /** Who made newer ones that do not count, newest first, each once. */
  readonly discounted: readonly (Actor | null)[];
}

export interface Deployment {
  /** Full SHA of the commit that was deployed. */
  readonly sha: string;
  /** ISO 8601. */
  readonly at: string;
  readonly creator: Actor | null;
  /** Of the newest status that counts; null: none was reported yet. */
  readonly state: DeploymentState | null;
  /** When that status was reported, ISO 8601. */
  readonly reportedAt?: string;
  /** The page of its log; empty where there is none. */
  readonly url: string;
}

/** GitHub's states. One that nobody knows yet is `error`: it is no success. */
export const deploymentStates = [
  "error",
  "failure",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "success",
] as const;
export type DeploymentState = (typeof deploymentStates)[number];
