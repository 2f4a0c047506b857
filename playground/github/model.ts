import type { KeyObject } from "node:crypto";
import type { Commit, Objects } from "./git.ts";

/** The state of the fake GitHub: plain records, changed only by the functions in `actions/`. */

export type Json = Record<string, unknown>;

export const ROLES = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type Access = "read" | "write" | "admin";
export type Permissions = Record<string, Access>;

export interface Account {
  id: number;
  login: string;
  type: "User" | "Organization" | "Bot";
  name: string | null;
  createdAt: string;
  /** Of an organisation. */
  members: Map<string, { account: Account; role: "admin" | "member" }>;
  /** Of an organisation. */
  teams: Map<string, Team>;
  /** What every member of an organisation may do in each of its repositories. */
  baseRole: Role;
  app?: App;
}

export interface Team {
  id: number;
  org: Account;
  slug: string;
  name: string;
  members: Map<string, { account: Account; role: "maintainer" | "member" }>;
  repos: Map<number, Role>;
  parent?: Team;
}

export interface App {
  id: number;
  slug: string;
  name: string;
  clientId: string;
  owner: Account;
  bot: Account;
  permissions: Permissions;
  events: Set<string>;
  publicKey: KeyObject | undefined;
  webhookUrl: string | undefined;
  webhookSecret: string | undefined;
  /** Makes a check suite for every pushed head, as GitHub does for apps with checks:write. */
  autoSuites: boolean;
  createdAt: string;
}

export interface Installation {
  id: number;
  app: App;
  account: Account;
  selection: "all" | "selected";
  repositoryIds: Set<number>;
  permissions: Permissions;
  events: Set<string>;
  createdAt: string;
  suspendedAt: string | null;
  suspendedBy: Account | null;
}

export interface Actor {
  account: Account;
  app?: App | undefined;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
  default: boolean;
}

export interface Reaction {
  id: number;
  user: Account;
  content: string;
  createdAt: string;
}

/** One version of a text. The oldest is the text as it was created. */
export interface Revision {
  body: string;
  editor: Account | null;
  editedAt: string;
  deletedAt: string | null;
}

export interface Comment {
  id: number;
  issue: Issue;
  user: Account;
  app: App | undefined;
  body: string;
  revisions: Revision[];
  reactions: Reaction[];
  createdAt: string;
  updatedAt: string;
}

export interface Issue {
  id: number;
  number: number;
  repo: Repo;
  user: Account;
  app: App | undefined;
  title: string;
  body: string;
  revisions: Revision[];
  state: "open" | "closed";
  stateReason: string | null;
  locked: boolean;
  labels: Label[];
  assignees: Account[];
  comments: Comment[];
  reactions: Reaction[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  pull?: Pull;
}

export interface ForcePush {
  before: Commit;
  after: Commit;
  actor: Account;
  createdAt: string;
}

export interface Pull extends Issue {
  draft: boolean;
  headRepo: Repo;
  headRef: string;
  head: Commit;
  baseRef: string;
  /** The base's head when the pull request was opened, retargeted or last pushed to. */
  base: Commit;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  forcePushes: ForcePush[];
  requestedReviewers: Account[];
  queueEntry: QueueEntry | undefined;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: string;
  message: string;
  title: string | null;
  raw_details: string | null;
}

export interface CheckRun {
  id: number;
  repo: Repo;
  app: App;
  suite: CheckSuite;
  name: string;
  sha: string;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
  actions: Array<{ label: string; description: string; identifier: string }>;
}

export interface CheckSuite {
  id: number;
  repo: Repo;
  app: App;
  sha: string;
  branch: string | null;
  before: string | null;
  status: string;
  conclusion: string | null;
  runs: CheckRun[];
  workflowRun?: WorkflowRun;
  createdAt: string;
  updatedAt: string;
}

export interface Workflow {
  id: number;
  name: string;
  path: string;
  createdAt: string;
}

export interface WorkflowRun {
  id: number;
  repo: Repo;
  workflow: Workflow;
  suite: CheckSuite;
  number: number;
  attempt: number;
  event: string;
  status: string;
  conclusion: string | null;
  actor: Account;
  headRepo: Repo;
  createdAt: string;
  startedAt: string;
  updatedAt: string;
}

export interface Status {
  id: number;
  repo: Repo;
  sha: string;
  context: string;
  state: "error" | "failure" | "pending" | "success";
  description: string | null;
  targetUrl: string | null;
  creator: Account;
  app: App | undefined;
  createdAt: string;
  updatedAt: string;
}

export interface Deployment {
  id: number;
  repo: Repo;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  description: string | null;
  payload: unknown;
  creator: Account;
  app: App | undefined;
  statuses: DeploymentStatus[];
  createdAt: string;
  updatedAt: string;
}

export interface DeploymentStatus {
  id: number;
  deployment: Deployment;
  state: string;
  description: string;
  environment: string;
  targetUrl: string;
  logUrl: string;
  creator: Account;
  app: App | undefined;
  createdAt: string;
}

export interface Release {
  id: number;
  tag: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  target: string;
  author: Account;
  createdAt: string;
  publishedAt: string | null;
}

export interface RequiredCheck {
  name: string;
  /** Only a run of this app counts. */
  appId: number | null;
}

export interface Protection {
  requiredChecks: RequiredCheck[];
  strict: boolean;
  enforceAdmins: boolean;
  allowForcePushes: boolean;
}

export interface MergeQueueRule {
  mergeMethod: "merge" | "squash" | "rebase";
}

export interface Ruleset {
  id: number;
  name: string;
  source: "Repository" | "Organization";
  enforcement: "active" | "evaluate" | "disabled";
  /** Branch names, `~DEFAULT_BRANCH`, `~ALL`, or patterns with `*`. */
  branches: string[];
  requiredChecks: RequiredCheck[];
  strict: boolean;
  mergeQueue: MergeQueueRule | undefined;
  /** Changes come by pull request only. */
  pullRequests: boolean;
  /** Whom the rules do not bind: logins, `@org/team`, `role:admin`, `owners`. */
  bypass: string[];
  createdAt: string;
}

export interface QueueEntry {
  id: number;
  pull: Pull;
  baseRef: string;
  by: Account;
  enqueuedAt: string;
  /** The commit on which the group's checks run, and its branch. */
  group: { head: Commit; ref: string; base: Commit } | undefined;
}

/** A branch moved, as the list of a repository's activities tells it. */
export interface Activity {
  id: number;
  type: "push" | "force_push" | "branch_creation" | "branch_deletion";
  /** Full ref name. */
  ref: string;
  before: string;
  after: string;
  actor: Account;
  at: string;
}

export interface Repo {
  id: number;
  name: string;
  owner: Account;
  private: boolean;
  archived: boolean;
  parent: Repo | undefined;
  defaultBranch: string;
  description: string | null;
  objects: Objects;
  /** Full ref name to commit SHA. */
  refs: Map<string, string>;
  refsBySha: Map<string, Set<string>>;
  /** Oldest first. */
  activities: Activity[];
  collaborators: Map<string, { account: Account; role: Role }>;
  nextNumber: number;
  issues: Map<number, Issue>;
  pulls: Map<number, Pull>;
  openPulls: Map<number, Pull>;
  /** Open pull requests into this repository by head SHA. */
  openPullsBySha: Map<string, Set<Pull>>;
  /** Open pull requests, in any repository, whose head is this branch here. */
  pullsFromBranch: Map<string, Set<Pull>>;
  labels: Map<string, Label>;
  comments: Map<number, Comment>;
  checkRuns: Map<number, CheckRun>;
  checkRunsBySha: Map<string, CheckRun[]>;
  suites: Map<number, CheckSuite>;
  suitesBySha: Map<string, CheckSuite[]>;
  workflows: Map<string, Workflow>;
  workflowRuns: Map<number, WorkflowRun>;
  workflowRunsBySha: Map<string, WorkflowRun[]>;
  statusesBySha: Map<string, Status[]>;
  deployments: Deployment[];
  environments: Map<string, { id: number; name: string; createdAt: string }>;
  releases: Release[];
  protections: Map<string, Protection>;
  rulesets: Ruleset[];
  queues: Map<string, QueueEntry[]>;
  squashMergeAllowed: boolean;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  /** The repository as JSON, kept until something in it changes. */
  json: Json | undefined;
}
