import type { Access, Permissions } from "./model.ts";

/** What an app needs (any one of the list, for reading) to be told of an event. An empty list: every app is told. */
export const EVENT_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  branch_protection_rule: ["administration"],
  check_run: ["checks"],
  check_suite: ["checks"],
  create: ["contents"],
  delete: ["contents"],
  deployment: ["deployments"],
  deployment_status: ["deployments"],
  installation: [],
  installation_repositories: [],
  issue_comment: ["issues", "pull_requests"],
  issues: ["issues"],
  label: ["issues", "pull_requests", "metadata"],
  member: ["members"],
  membership: ["members"],
  merge_group: ["merge_queues"],
  organization: ["members"],
  pull_request: ["pull_requests"],
  pull_request_review: ["pull_requests"],
  pull_request_review_comment: ["pull_requests"],
  push: ["contents"],
  release: ["contents"],
  repository: ["metadata"],
  repository_ruleset: ["administration"],
  status: ["statuses"],
  team: ["members"],
  team_add: ["members"],
  workflow_job: ["actions"],
  workflow_run: ["actions"],
};

const enough = (has: Access | undefined, wanted: Access): boolean =>
  has === "admin" || has === wanted || (has === "write" && wanted === "read");

/** Every app may read metadata. */
export const allows = (permissions: Permissions, name: string, access: Access): boolean =>
  (name === "metadata" && access === "read") || enough(permissions[name], access);

/** Events which every app gets without subscribing. */
export const ALWAYS = new Set(["installation", "installation_repositories"]);
