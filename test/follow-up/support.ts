import { expect } from "@jest/globals";
import { readLedger } from "../../src/domain/ledger-text.ts";
import { createWorld, type Issue, type Pull, type World, type WorldOptions } from "../scenario/world.ts";

export const config = `checklist:
  items:
    - { id: ci, title: CI is green, check: ci }
    - id: rollback
      title: Rollback plan confirmed
      questions: { limits: At what do we roll back?, decides: Who decides it? }
    - { id: stakeholders, title: Stakeholders notified, notify: { to: stakeholders, post: when-ready } }
    - { id: production, title: Deployed to production, phase: deploy, deployment: { environment: production } }
    - { id: watched, title: Watched for half an hour, phase: after-deploy, wait: 30m }
    - { id: figures, title: Figures are normal, phase: after-deploy, signers: { from: "@acme/sre" } }
    - { id: tag, title: Final tag made, phase: after-deploy, tag: "v*" }
    - { id: notes, title: Release notes published, phase: after-deploy, release: "v*" }
`;

const targets = JSON.stringify({
  acme: {
    stakeholders: { type: "slack-bot", token: "xoxb-1-2-abcdefghijklmnopqrstuvwx", channel: "C0123456" },
  },
});

export interface Sent {
  readonly text: string;
  /** The receipt that it answers. */
  readonly answers: string | null;
}

export interface Story {
  readonly world: World;
  readonly pull: Pull;
  /** What the target got, in order. */
  readonly sent: Sent[];
}

/** A world whose target takes everything, and a release pull request that is ready. */
export async function ready(options: WorldOptions = {}): Promise<Story> {
  const sent: Sent[] = [];
  const world = createWorld({
    config,
    targets,
    send: async (_, { text, answers }) => {
      sent.push({ text, answers: answers ?? null });
      return { outcome: "sent", detail: `message 17.${sent.length} in C0123456` };
    },
    ...options,
  });
  const pull = await world.open();
  await world.act(() => pull.assign("alice", { by: "bob" }));
  await world.report(pull, "ci", "success");
  await world.answer(pull, "bob", "rollback", "limits", "Errors above 5 %");
  await world.answer(pull, "bob", "rollback", "decides", "alice");
  await world.tick(pull, "bob", "rollback");
  return { world, pull, sent };
}

/** The one follow-up of the pull request. */
export function followUp({ world, pull }: Pick<Story, "world" | "pull">): Issue {
  const found = world.repo.issues.filter(({ title }) => title.endsWith(`(#${pull.number})`));
  expect(found).toHaveLength(1);
  return found[0] as Issue;
}

/** What people read of the issue's checklist. */
export const shown = ({ body }: Issue): string =>
  body
    .slice(body.indexOf("## Release checklist"), body.indexOf("Who signed what"))
    .replace(/ <!-- .*? -->/g, "")
    .trim();

export async function deploy({ world }: Story, sha: string, state = "success"): Promise<void> {
  await world.act(() => {
    world.repo.deploy(sha, { environment: "production", by: "github-actions[bot]" }).status(state);
  });
}

export const mergeOf = ({ world, pull }: Pick<Story, "world" | "pull">) => {
  const ledger = readLedger(world.check(pull).text);
  return ledger === null || ledger === "damaged" ? null : ledger.merge;
};
