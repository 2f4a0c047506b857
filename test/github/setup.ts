import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { createGitHub, type Delivery, type GitHubOptions } from "../../playground/github/index.ts";

export const permissions = {
  actions: "read",
  checks: "write",
  contents: "read",
  deployments: "read",
  issues: "write",
  members: "read",
  merge_queues: "read",
  pull_requests: "write",
  statuses: "read",
} as const;

export const events = [
  "check_run",
  "check_suite",
  "deployment_status",
  "issue_comment",
  "merge_group",
  "pull_request",
  "push",
  "repository",
  "status",
  "workflow_run",
];

/** One repository with one release pull request, an app that watches it, and a client for the app. */
export function setUp(options: GitHubOptions = {}) {
  const seen: Delivery[] = [];
  const github = createGitHub({
    sink: async (delivery) => {
      seen.push(delivery);
      return 200;
    },
    ...options,
  });
  github.team("acme/sre", ["bea"]);
  const app = github.app({ slug: "release-checklist", permissions, events, webhookSecret: "secret" });
  const repo = github.repo("acme/shop", {
    files: { "README.md": "# Shop\n" },
    collaborators: { alice: "write", bob: "write", rita: "read", tom: "triage" },
  });
  const installation = repo.installApp(app);
  repo.push("release/1", { files: { "a.txt": "a\n" }, by: "alice" });
  const pull = repo.openPull({ by: "alice", head: "release/1", title: "Release 1", body: "Hello" });
  const at = { owner: "acme", repo: "shop" };
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const auth = { appId: app.id, privateKey: app.privateKey };
  const kit = new Octokit({
    authStrategy: createAppAuth,
    auth: { ...auth, installationId: installation.id },
    request: { fetch: github.fetch },
    log: quiet,
  });
  const appKit = new Octokit({
    authStrategy: createAppAuth,
    auth,
    request: { fetch: github.fetch },
    log: quiet,
  });
  const as = (login: string) =>
    new Octokit({ auth: github.tokenFor(login), request: { fetch: github.fetch }, log: quiet });
  /** What the app was told since the last time, as `event.action by sender`. */
  const told = async () => {
    await github.webhooks.idle();
    return seen.splice(0).map(({ event, action, payload }) => {
      const name = action === null ? event : `${event}.${action}`;
      return `${name} by ${(payload.sender as { login: string }).login}`;
    });
  };
  return { github, app, repo, installation, pull, at, kit, appKit, as, told, seen };
}

/** The status and message with which a request fails. */
export async function failure(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    return `${status} ${message}`;
  }
  return "no failure";
}
