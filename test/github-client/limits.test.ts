import { expect, test } from "@jest/globals";
import { createGitHub, testPrivateKey } from "../../playground/github/index.ts";
import { createClients } from "../../src/github/client.ts";
import type { Clock } from "../../src/github/pace.ts";

/** Time that jumps to the next waiting one whenever nothing else goes on. */
const jumpingClock = (): Clock => {
  let time = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  const jump = () => {
    const next = waiting.sort((a, b) => a.at - b.at).shift();
    if (!next) return;
    time = Math.max(time, next.at);
    next.wake();
  };
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise<void>((wake) => {
        waiting.push({ at: time + milliseconds, wake });
        setTimeout(jump, 1);
      }),
  };
};

test("hundreds of writes and reads at once never meet one of GitHub's limits", async () => {
  const clock = jumpingClock();
  const start = Date.parse("2026-01-01T10:00:00Z");
  const github = createGitHub({
    clock: () => new Date(start + clock.now()),
    limits: { primary: 5_000, points: 900, concurrent: 100, content: 80 },
    latencyMs: 1,
  });
  const repo = github.repo("acme/app");
  const app = github.app({ slug: "release-checklist", permissions: { checks: "write", contents: "read" } });
  const installation = repo.installApp(app);
  const { fetch } = github;
  const clients = createClients({ appId: app.id, privateKey: testPrivateKey(), fetch, clock });
  const octokit = clients.installation(installation.id);
  const sha = repo.sha();
  const name = { owner: "acme", repo: "app" };
  await Promise.all([
    ...Array.from({ length: 200 }, (_, index) =>
      octokit.rest.checks.create({ ...name, head_sha: sha, name: `check ${index}`, status: "queued" }),
    ),
    ...Array.from({ length: 1_500 }, () => octokit.rest.repos.get(name)),
  ]);
  expect(repo.checkRuns(sha)).toHaveLength(200);
  expect(github.requests.list.filter(({ status }) => status >= 400)).toEqual([]);
  // 200 creations are two and a half minutes' worth, and 2,500 points nearly three.
  expect(clock.now()).toBeLessThan(4 * 60_000);
});
