import { expect, test } from "@jest/globals";
import { followUpLabel, followUpMarker } from "../../src/domain/after/marker.ts";
import { createFollowUps } from "../../src/github/follow-ups.ts";
import { setUp } from "./setup.ts";

const name = { owner: "acme", repo: "app" };
const sha = "a".repeat(40);

test("open follow-ups are known by their commit and issue, and listed once in a while", async () => {
  const { github, octokit, repo, app } = setUp();
  const open = (pull: number) => {
    const issue = repo.openIssue({ by: app, title: `Follow-up (#${pull})`, body: followUpMarker(pull, sha) });
    issue.label(followUpLabel, { by: app });
    return issue;
  };
  const issue = open(7);
  const forged = repo.openIssue({ by: "bea", title: "Mine", body: followUpMarker(8, sha) });
  forged.label(followUpLabel, { by: "bea" });
  let now = 0;
  const followUps = createFollowUps(() => now);
  expect(await followUps.list(octokit, name, app.slug)).toEqual([7]);
  expect(followUps.withCommit(name, sha)).toEqual([7]);
  expect(followUps.withIssue(name, issue.number)).toEqual([7]);
  github.requests.reset();
  now += 60_000;
  await followUps.recent(octokit, name, app.slug);
  expect(github.requests.total).toBe(0);
  open(9);
  now += 10 * 60_000;
  await followUps.recent(octokit, name, app.slug);
  expect(followUps.open(name)).toEqual([9, 7]);
  followUps.learn(name, 9, null);
  expect(followUps.open(name)).toEqual([7]);
});
