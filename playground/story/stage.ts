import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { type AppHandle, createGitHub, type GitHub, type RepoHandle } from "../github/index.ts";
import { createSlack, type Slack } from "../slack/index.ts";
import { createReceiver, type Receiver } from "../slack/receiver.ts";
import { configuration } from "./checklist.ts";

/** Where the stories play: everything but the app itself. */
export interface Stage {
  readonly github: GitHub;
  readonly repo: RepoHandle;
  readonly app: AppHandle;
  readonly slack: Slack;
  /** Somebody's own receiver of signed webhooks. */
  readonly audit: Receiver;
  /** What the app finds in NOTIFICATION_TARGETS. */
  readonly targets: string;
  readonly webhookSecret: string;
  /** GitHub's time, in milliseconds since the epoch. */
  now(): number;
  /** Lets a moment pass. GitHub tells whole seconds, and what happens within one has no order. */
  pass(): void;
  close(): Promise<void>;
}

export interface StageOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a moment is, in milliseconds. */
  readonly moment: number;
}

/** As the app is registered outside, so that nothing is allowed here that is not allowed there. */
const manifest = load(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")) as {
  readonly default_permissions: Readonly<Record<string, "read" | "write">>;
  readonly default_events: readonly string[];
};

const secrets = {
  github: "a secret of this playground",
  audit: "another secret of this playground",
  slack: "xoxb-a-token-of-this-playground",
};

/**
 * The organisation acme with its shop: alice writes it, bob and carol help, sam keeps it running, root administers it.
 * Slack and the receiver listen on free ports of 127.0.0.1; GitHub does not listen yet.
 */
export async function setStage({ now, moment }: StageOptions): Promise<Stage> {
  let passed = 0;
  const github = createGitHub({ clock: () => new Date(now() + passed) });
  github.org("acme", { owners: ["root"], members: ["alice", "bob", "carol"] });
  github.team("acme/sre", ["sam"]);
  github.bot("notes[bot]");
  const app = github.app({
    slug: "release-checklist",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret: secrets.github,
  });
  const repo = github.repo("acme/shop", {
    files: {
      ".github/release.yml": configuration,
      ".github/workflows/ci.yml": "on: pull_request\njobs: {}\n",
      "README.md": "# Shop\n",
      "src/cart.ts": "export const cart = [];\n",
    },
    collaborators: {
      alice: "write",
      bob: "write",
      carol: "maintain",
      sam: "write",
      root: "admin",
      "notes[bot]": "write",
    },
  });
  repo.installApp(app);
  const slack = await createSlack({ channels: ["releases"], token: secrets.slack }).listen();
  const audit = await createReceiver({ secret: secrets.audit }).listen();
  const stakeholders = { type: "slack", url: slack.url("releases") };
  const targets = JSON.stringify({
    acme: {
      stakeholders,
      audit: { type: "webhook", url: audit.url("/releases"), secret: secrets.audit },
    },
    "*": {
      stakeholders,
      room: { type: "slack-bot", token: secrets.slack, channel: "releases", apiUrl: slack.apiUrl },
    },
  });
  return {
    github,
    repo,
    app,
    slack,
    audit,
    targets,
    webhookSecret: secrets.github,
    now: () => now() + passed,
    pass: () => {
      passed += moment;
    },
    close: async () => {
      await Promise.all([slack.close(), audit.close()]);
    },
  };
}
