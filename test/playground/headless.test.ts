import { describe, expect, test } from "@jest/globals";
import { playHeadless } from "../../playground/story/headless.ts";
import { protect } from "../../playground/story/release.ts";
import { type Scene, sight } from "../../playground/story/scene.ts";
import type { Step } from "../../playground/story/step.ts";
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
  test("plays both stories to their ends, and leaves nothing behind", async () => {
    const { ended, stdout, stderr } = playground("--headless");
    expect(await ended).toBe(0);
    expect(stderr()).toBe("");
    const transcript = stdout();
    const told = transcript.split("\n").filter((line) => /^(\d+\. | {3}(?!\|)|==|All )/.test(line));
    expect(told.join("\n")).toMatchInlineSnapshot();
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
      stories: [{ title: "A story", steps: [protect, never, after] }],
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

  test("says what there is when asked for something else", async () => {
    for (const args of [[], ["--page"], ["--headless", "more"]]) {
      const { ended, stdout, stderr } = playground(...args);
      expect(await ended).toBe(2);
      expect(stdout()).toBe("");
      expect(stderr()).toContain("npm run playground -- --headless");
    }
  });
});
