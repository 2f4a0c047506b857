import { describe, expect, test } from "@jest/globals";
import { deploy, followUp, mergeOf, ready, type Story } from "./support.ts";

/** What happens from the merge to the end, in which each request may be the last one of its process. */
const steps: readonly ((story: Story) => Promise<unknown>)[] = [
  ({ world, pull }) => world.act(() => pull.merge({ by: "bob" })),
  (story) => deploy(story, story.world.repo.sha("main")),
  ({ world }) => world.act(() => world.repo.release("v1.0", { by: "bob" })),
  (story) => story.world.tick(followUp(story), "bea", "figures"),
  (story) => story.world.comment(followUp(story), "alice", "/checklist outcome rolled-back Errors at 7 %"),
  (story) => story.world.answer(followUp(story), "alice", "retrospective", "caught", "No"),
  (story) => story.world.answer(followUp(story), "alice", "retrospective", "followed", "Yes"),
  (story) => story.world.tick(followUp(story), "alice", "retrospective"),
];

type Accident = (story: Story) => void;

/** Plays the story with one accident at the request of this number; gives how many requests there were. */
async function play(at: number, accident: Accident): Promise<{ story: Story; requests: number }> {
  const story = await ready();
  const { world } = story;
  let requests = 0;
  world.github.onRequest(({ path }) => {
    // The library waits for ever for a token that was asked for and never came.
    if (path.endsWith("/access_tokens")) return;
    requests += 1;
    if (requests === at) accident(story);
  });
  for (const step of steps) {
    const before = requests;
    await step(story);
    // A process that ended is started again, and finds what it missed; so does the next sweep.
    if (before < at && at <= requests) await world.restart();
  }
  return { story, requests };
}

/** One follow-up, one record, one final status, and the end that was said. */
function judge({ world, pull, sent }: Story): void {
  const merge = mergeOf({ world, pull });
  const issue = followUp({ world, pull });
  expect(merge).toMatchObject({
    by: "bob",
    verdict: "ready",
    outcomes: [{ status: "rolled-back", by: "alice" }],
  });
  expect(merge?.followUp).toMatchObject({ issue: issue.number });
  expect(issue.state).toBe("closed");
  const records = pull.comments.filter(({ body }) => body.includes("<!-- release-checklist:record -->"));
  expect(records).toHaveLength(1);
  // What may have been sent when the process ended is not sent again: then there is none, and people are told.
  expect(sent.length - 1).toBeLessThanOrEqual(1);
}

/** Every request of the story in turn would take minutes: those of each test are as many as their stride leaves. */
async function playAll(stride: number, accident: Accident, check: (story: Story) => void): Promise<number> {
  let plays = 0;
  for (let at = 1, last = 1; at <= last; at += stride) {
    const { story, requests } = await play(at, accident);
    last = requests;
    plays += 1;
    check(story);
    story.world.kill();
  }
  return plays;
}

describe("one follow-up, one record, one final status", () => {
  test("whatever request the process ends at", async () => {
    expect(await playAll(13, ({ world }) => world.kill(), judge)).toBeGreaterThan(5);
  }, 60_000);

  test.each(["applied-then-500", 502, "reset"] as const)(
    "whatever request fails with %s",
    async (status) => {
      const fail: Accident = ({ world }) => world.github.faults.add({ match: {}, times: 1, status });
      const plays = await playAll(29, fail, (story) => {
        judge(story);
        // Nothing ended here, so that it is known what was sent.
        expect(story.sent).toHaveLength(2);
      });
      expect(plays).toBeGreaterThan(2);
    },
    60_000,
  );
});
