import { describe, expect, test } from "@jest/globals";
import { playHeadless } from "../../playground/story/headless.ts";
import { protect } from "../../playground/story/release.ts";
import { type Scene, sight } from "../../playground/story/scene.ts";
import type { Step } from "../../playground/story/step.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { start } from "../start/app-process.ts";

const directory = new URL("../..", import.meta.url).pathname;
const playground = (...args: string[]) => start("../../playground/main.ts", {}, directory, args);

/** The process that the transcript names as the app's. */
const appOf = (transcript: string): number => Number(/as process (\d+)\./.exec(transcript)?.[1]);

/** Signal 0 asks whether the process is there. */
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};

describe("npm run playground -- --headless", () => {
  test("plays every story to its end, and leaves nothing behind", async () => {
    const { ended, stdout, stderr } = playground("--headless");
    expect(await ended).toBe(0);
    expect(stderr()).toBe("");
    const transcript = stdout();
    const told = transcript.split("\n").filter((line) => /^(\d+\. | {3}(?!\|)|==|All )/.test(line));
    expect(told.join("\n")).toMatchInlineSnapshot(`
"== One release, from opening to merging ==
1. root protects main: the check "Release checklist: main" is required, and only from this app.
   The requirement names the app, so that nobody else's check of that name counts.
2. alice opens a pull request from release/1.4.0 into main.
   The checklist stands below her text, and the check blocks.
3. alice tries to merge.
   GitHub refuses.
4. CI runs two jobs, and both pass.
   The app ticks the item.
5. The end-to-end tests fail on staging.
   The check fails and says why.
6. Staging is repaired, and the tests run again.
   The newest run counts, and the app ticks the item.
7. The migration validation reports its success as a commit status.
   The app ticks the item, which is there because the release changes db/migrations.
8. bob ticks two boxes in the description.
   The check tells who signed, and at which commit.
9. sam, who is in @acme/sre, answers the two questions and ticks the rollback plan.
   Only the announcement is missing now.
10. carol reads in the check what will be announced.
   The preview holds what was validated, by whom, and the rollback plan.
11. carol ticks the announcement.
   It arrives in Slack, and signed at the webhook.
12. Both have confirmed the receipt.
   The gate opens.
13. alice merges.
   GitHub merges release/1.4.0 into main.
== Every tick has an owner, and none is lost ==
14. alice opens a pull request from release/1.5.0 into main.
   The checklist is there. It has no migrations, because none are touched.
15. bob, who is not in @acme/sre, ticks the rollback plan.
   The tick is taken back, and the reason stands under the item.
16. sam, who is in @acme/sre, ticks it, but answers only one of the two questions.
   The tick stays, and counts once the other question is answered.
17. sam answers the other question.
   Now the tick counts.
18. alice pushes a migration.
   It ends sam's sign-off, the check says by which file, and the migrations must now be validated.
19. sam looks at the migration, and signs again by comment: /checklist sign rollback
   The app ticks the box for sam, and reacts to the comment.
20. bob ticks the two boxes that anyone with write access may tick.
   Both count.
21. A bot that writes release notes replaces the whole description.
   The checklist comes back with every tick and answer, below the new text.
22. carol, who may, comments: /checklist waive migrations The table is new and empty.
   The item is set aside, with her name and reason.
23. CI runs two jobs, and both pass.
   The app ticks the item.
24. The end-to-end tests fail on staging.
   The check fails and says why.
25. alice comments: /checklist override The shop is down.
   The app replies that she may not, and the gate stays closed.
26. root comments: /checklist override The shop is down, and this repairs it.
   The gate opens visibly, and everybody hears of it.
27. root merges.
   GitHub merges release/1.5.0 into main.
== After the merge: a success ==
28. alice opens a pull request from release/3.0.0 into main, and sam is in charge.
   The checklist holds what is due before the merge.
29. CI passes, bob answers and ticks the rollback plan.
   The app announces the release, and the gate opens.
30. alice merges.
   The follow-up holds what comes now, and what was agreed on before.
31. The pipeline deploys the merge commit to production.
   The app ticks the item; where something waits for that, its time begins.
32. bob publishes the release v3.0.0, with its tag on the merge commit.
   The app ticks both items.
33. bob ticks figures in the follow-up.
   The tick counts.
34. Nothing is left to be done.
   The follow-up closes itself, and the final status is out.
== After the merge: a roll-back ==
35. alice opens a pull request from release/3.1.0 into main, and sam is in charge.
   The checklist holds what is due before the merge.
36. CI passes, bob answers and ticks the rollback plan.
   The app announces the release, and the gate opens.
37. alice merges.
   The follow-up holds what comes now, and what was agreed on before.
38. The pipeline deploys the merge commit to production.
   The app ticks the item; where something waits for that, its time begins.
39. sam comments in the follow-up: /checklist outcome rolled-back Errors at 7 % after ten minutes
   Those who got the announcement hear of it.
40. sam answers what is asked and ticks retrospective in the follow-up.
   The tick counts.
41. Nothing is left to be done.
   The follow-up closes itself, and the final status is out.
== After the merge: one that the check did not allow ==
42. alice opens a pull request from release/3.2.0 into main, and sam is in charge.
   The checklist holds what is due before the merge.
43. root merges.
   Nobody requires the check here, so GitHub merges; the follow-up holds what was left open.
44. carol reads the channel.
   The stakeholders know that the check did not allow the merge.
45. sam comments in the follow-up: /checklist outcome follow-up CI never ran
   Those who got the announcement hear of it.
46. bob answers what is asked and ticks ci, rollback, figures in the follow-up.
   The tick counts.
47. The pipeline deploys the merge commit to production.
   The app ticks the item; where something waits for that, its time begins.
48. bob publishes the release v3.2.0, with its tag on the merge commit.
   The app ticks both items.
49. root comments in the follow-up: /checklist waive watched It was watched by hand
   The item is set aside, with the reason below it.
50. sam answers what is asked and ticks retrospective in the follow-up.
   The tick counts.
51. Nothing is left to be done.
   The follow-up closes itself, and the final status is out.
== The template default, up to the merge ==
52. alice opens a pull request from release/2.1.0 into main.
53. CI passes.
54. The pipeline tests staging and the migration, and both pass.
55. bob ticks 2 items.
56. sam answers what is asked and ticks one item.
57. carol has read the preview, and ticks the announcement.
58. The gate is open, and alice merges.
== The template confidence, up to the merge ==
59. alice opens a pull request from release/2.1.0 into main.
60. The regression suite runs against staging, and passes.
61. The pipeline tries the migration, and it passes.
62. bob answers what is asked and ticks 2 items.
63. carol answers what is asked and ticks 2 items.
64. sam answers what is asked and ticks 2 items.
65. carol has read the preview, and ticks the announcement.
66. The gate is open, and alice merges.
== The template zero-rollback, up to the merge ==
67. alice opens a pull request from release/2.1.0 into main.
68. alice assigns the pull request to sam.
69. This shop releases on every day of the week.
70. CI passes.
71. The pipeline deploys the head to staging.
72. The pipeline looks at staging, and all of it passes.
73. bob answers what is asked and ticks 3 items.
74. sam answers what is asked and ticks 3 items.
75. carol has read the preview, and ticks the announcement.
76. The gate is open, and alice merges.
== The template managed-release, up to the merge ==
77. alice opens a pull request from release/2.1.0 into main.
78. alice assigns the pull request to sam.
79. This shop releases on every day of the week.
80. The tests that matter for releases pass.
81. The pipeline tries the migration, and it passes.
82. bob ticks 3 items.
83. sam answers what is asked and ticks 4 items.
84. carol answers what is asked and ticks 2 items.
85. carol has read the preview, and ticks the announcement.
86. The gate is open, and alice merges.
== The template seven-steps, up to the merge ==
87. alice opens a pull request from release/2.1.0 into main.
88. The branch changes the CHANGELOG and the version.
89. The candidate is tagged.
90. CI passes.
91. alice answers what is asked and ticks 2 items.
92. The pipeline deploys the head to staging.
93. The pipeline migrates and tests staging.
94. sam ticks 2 items.
95. bob answers what is asked and ticks 5 items.
96. sam answers what is asked and ticks 4 items.
97. carol ticks 4 items.
98. carol has read the preview, and ticks the announcement.
99. The pipeline deploys the head to production.
100. The pipeline migrates production, watches the canary and moves the traffic.
101. sam ticks one item.
102. carol has read the preview, and ticks the announcement.
103. The pipeline verifies production.
104. sam ticks 2 items.
105. The gate is open, and alice merges.
== The template hotfix, up to the merge ==
106. alice opens a pull request from release/2.1.0 into main.
107. alice assigns the pull request to sam.
108. CI passes.
109. The pipeline tries the migration, and it passes.
110. bob answers what is asked and ticks one item.
111. sam answers what is asked and ticks 3 items.
112. carol has read the preview, and ticks the announcement.
113. The gate is open, and alice merges.
All 113 steps were seen to happen."
`);
    for (const seen of [
      'Required status check "Release checklist: main" is failing.',
      '"staging-e2e" failed',
      "Release announced: acme/shop #1: Release 1.4.0",
      '"Ready: 7 of 7 items done"',
      "⚠ the tick of `bob` was taken back: it needs `@acme/sre`",
      "⚠ answer missing",
      "changed db/migrations/015-holders.sql",
      "waived by carol",
      '"Overridden by @root: The shop is down, and this repairs it."',
    ])
      expect(transcript).toContain(seen);
    // Each template's list was done, item by item.
    for (const name of builtInTemplates().keys())
      expect(transcript).toContain(`== The template ${name}, up to`);
    const merged = transcript.match(/\| "Ready: (\d+) of \1 items done.*", main is at/g);
    expect(merged).toHaveLength(builtInTemplates().size);
    expect(transcript).not.toContain("\u001b");
    expect(isGone(appOf(transcript))).toBe(true);
  }, 60_000);

  test("ends the app too when it is stopped", async () => {
    const { child, ended, seen, stdout } = playground("--headless");
    await seen(/^1\. /m);
    child.kill("SIGTERM");
    expect(await ended).toBe(1);
    expect(stdout()).toContain("Stopped.");
    expect(isGone(appOf(stdout()))).toBe(true);
  });

  test("ends the app too when nobody reads on", async () => {
    const { child, ended, seen, stdout } = playground("--headless");
    await seen(/^1\. /m);
    child.stdout?.destroy();
    expect(await ended).toBe(1);
    expect(isGone(appOf(stdout()))).toBe(true);
  });

  test("fails with what was seen instead, and the app's log, when a step does not happen", async () => {
    const never: Step<Scene> = {
      happens: "Nobody does anything.",
      act: () => {},
      leads: "A wonder happens.",
      look: () => sight(false, "no wonder"),
    };
    const after: Step<Scene> = { ...never, happens: "The next thing." };
    const lines: string[] = [];
    const seen = await playHeadless({
      print: (line) => lines.push(line),
      stopped: new AbortController().signal,
      stories: [{ name: "a", title: "A story", steps: [protect, never, after] }],
      deadline: 50,
    });
    expect(seen).toBe(false);
    const transcript = lines.join("\n");
    expect(transcript).toContain("2. Nobody does anything.");
    expect(transcript).toContain("FAILED. Not seen within 0.05 seconds: A wonder happens.");
    expect(transcript).toContain("What was seen instead:\n| no wonder\nThe end of the app's log:\n| INFO");
    expect(transcript).not.toContain("The next thing.");
    expect(isGone(appOf(transcript))).toBe(true);
  });

  test("plays one story alone", async () => {
    const { ended, stdout } = playground("--headless", "--only", "hotfix");
    expect(await ended).toBe(0);
    expect(stdout().match(/^== .* ==$/gm)).toEqual(["== The template hotfix, up to the merge =="]);
    expect(stdout()).toMatch(/^1\. alice opens[\s\S]*All \d+ steps were seen to happen\.\n$/m);
  });

  test("says what there is when asked for something else", async () => {
    const { ended, stderr } = playground("--headless", "--only", "hotfixes");
    expect(await ended).toBe(2);
    expect(stderr()).toMatch(/no story "hotfixes": there are release, .*hotfix/);
    for (const args of [["--page"], ["--headless", "more"]]) {
      const { ended, stdout, stderr } = playground(...args);
      expect(await ended).toBe(2);
      expect(stdout()).toBe("");
      expect(stderr()).toContain("npm run playground -- --headless");
    }
  });
});
