import {
  createGitHub,
  type GitHubOptions,
  type Permissions,
  testPrivateKey,
} from "../../playground/github/index.ts";
import { createClients } from "../../src/github/client.ts";
import { steppedClock } from "./scripted.ts";

const permissions: Permissions = {
  actions: "read",
  checks: "write",
  contents: "read",
  issues: "write",
  members: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "read",
};

const events = [
  "check_run",
  "check_suite",
  "issue_comment",
  "label",
  "member",
  "membership",
  "organization",
  "pull_request",
  "push",
  "repository",
  "status",
  "team",
  "workflow_run",
];

export const name = { owner: "acme", repo: "app" };

/** A GitHub with the app installed at `acme`, a repository with a pull request, and clients that speak to it. */
export const setUp = (options: GitHubOptions & { without?: string; files?: Record<string, string> } = {}) => {
  const { without, files = { "README.md": "# app\n" }, ...rest } = options;
  const github = createGitHub(rest);
  const granted = Object.fromEntries(
    Object.entries(permissions).filter(([permission]) => permission !== without),
  );
  github.team("acme/sre", ["sara"]);
  const repo = github.repo("acme/app", {
    files,
    collaborators: { alice: "admin", bea: "write", tom: "triage", max: "maintain" },
  });
  repo.push("release/1.0", { files: { "CHANGELOG.md": "1.0\n" }, by: "alice", from: "main" });
  const pull = repo.openPull({
    by: "alice",
    head: "release/1.0",
    base: "main",
    title: "Release 1.0",
    body: "Notes",
  });
  const app = github.app({ slug: "release-checklist", permissions: granted, events: without ? [] : events });
  const installation = github.install(app, "acme");
  const clients = createClients({
    appId: app.id,
    privateKey: testPrivateKey(),
    fetch: github.fetch,
    clock: steppedClock(),
  });
  return { github, repo, pull, app, installation, clients, octokit: clients.installation(installation.id) };
};
