import { type AppHandle, createGitHub, type GitHub, type RepoHandle } from "../playground/github/index.ts";
import { createSlack, type Slack } from "../playground/slack/index.ts";
import { checklist } from "./life/checklist.ts";
import { createPost, type Post } from "./post.ts";

/** A GitHub and a Slack of this process, with configured repositories; the measured process is somewhere else. */
export interface Stage {
  readonly github: GitHub;
  /** Where GitHub listens. */
  readonly url: string;
  readonly repos: readonly RepoHandle[];
  readonly app: AppHandle;
  readonly slack: Slack;
  readonly post: Post;
  /** Webhooks at once. */
  readonly inFlight: number;
  readonly targets: string;
  readonly webhookSecret: string;
  /** Where webhooks go, in turn; empty: nobody listens. */
  listeners: readonly string[];
  close(): Promise<void>;
}

export interface StageOptions {
  readonly repositories: number;
  /** Added to every answer, in milliseconds. */
  readonly latency: number;
  readonly inFlight: number;
  /** `.github/release.yml` of an owner; the checklist of a life when absent. */
  readonly config?: (owner: string) => string;
  /** GitHub's time; the machine's when absent. */
  readonly clock?: () => Date;
}

const permissions = {
  actions: "read",
  checks: "write",
  contents: "read",
  deployments: "read",
  issues: "write",
  members: "read",
  pull_requests: "write",
  statuses: "read",
} as const;

/** What `app.yml` subscribes to. */
const events = [
  "check_run",
  "check_suite",
  "deployment_status",
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
  "team_add",
  "workflow_run",
];

export const people = ["alice", "bob", "carol", "sam"] as const;

/** Each repository has an owner of its own, and so an installation: GitHub's limits are for one installation. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const { repositories, latency, inFlight, config = checklist, clock } = options;
  const webhookSecret = "a secret of the benchmark";
  let listeners: readonly string[] = [];
  let turn = 0;
  const nextListener = () => listeners[turn++ % listeners.length];
  const post = createPost({ url: nextListener, secret: webhookSecret, inFlight });
  const github = createGitHub({
    sink: post.sink,
    latencyMs: latency,
    deliveryLogLimit: 100,
    requestLogLimit: 1_000,
    ...(clock === undefined ? {} : { clock }),
  });
  const app = github.app({ slug: "release-checklist", permissions, events, webhookSecret });
  const repos = Array.from({ length: repositories }, (_, index) => {
    const owner = `org-${index + 1}`;
    github.org(owner, { members: people });
    github.team(`${owner}/sre`, ["sam"]);
    const repo = github.repo(`${owner}/shop`, {
      files: { ".github/release.yml": config(owner), "README.md": "# Shop\n" },
      collaborators: { alice: "write", bob: "write", carol: "write", sam: "write" },
    });
    repo.installApp(app);
    return repo;
  });
  const slack = await createSlack({ channels: ["releases"] }).listen();
  const { url, close } = await github.listen();
  return {
    github,
    url,
    repos,
    app,
    slack,
    post,
    inFlight,
    targets: JSON.stringify({ "*": { stakeholders: { type: "slack", url: slack.url("releases") } } }),
    webhookSecret,
    get listeners() {
      return listeners;
    },
    set listeners(urls) {
      listeners = urls;
    },
    close: async () => {
      post.close();
      await Promise.all([close(), slack.close()]);
    },
  };
}
