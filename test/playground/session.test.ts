import { afterAll, describe, expect, test } from "@jest/globals";
import { Session } from "../../playground/serve/session.ts";
import type { View } from "../../playground/serve/view.ts";

const session = new Session({ pace: { reading: 1, deadline: 15_000 }, page: () => "http://127.0.0.1" });
afterAll(() => session.close());

/** Resolves when the world shows this. */
async function seen(holds: (view: View) => boolean): Promise<View> {
  for (const end = Date.now() + 20_000; ; ) {
    const view = session.view();
    if (holds(view)) return view;
    if (Date.now() > end) throw new Error(`not seen in ${JSON.stringify(view.threads, null, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const checkOf = ({ threads: [thread] }: View) => thread?.pull?.checks[0];

describe("the world of the page", () => {
  test("plays the shop's release to its final status", async () => {
    expect(await session.play("shop")).toEqual({ ok: true });
    expect(session.perform({ do: "merge", by: "alice", number: 1 })).toMatchObject({
      ok: false,
      message: "A release is being played. Let it end, or start a fresh world.",
    });
    const view = await seen(({ play }) => play.state === "done" || play.state === "failed");
    expect(view.play).toMatchObject({ state: "done", problem: null });
    expect(view.play.told).toHaveLength(view.play.total);
    expect(view.threads.map(({ kind, title, state }) => [kind, title, state])).toEqual([
      ["pull", "Release 1.4.0", "merged"],
      ["issue", "Follow-up: Release 1.4.0 (#1)", "closed"],
    ]);
    expect(view.inbox.messages.map(({ text }) => text.split("\n")[0])).toEqual([
      "Release announced: acme/shop #1: Release 1.4.0",
      "Release successful: acme/shop #1: Release 1.4.0",
    ]);
    // What follows the merge is what machines can report on now.
    expect(view.machines.map(({ what, state }) => [what, state])).toEqual([
      ["deployment to production", "success"],
      ["tag v1", "success"],
    ]);
  }, 60_000);

  test("lets nobody merge before the gate is open, not even who administers it", async () => {
    expect(await session.start("default")).toEqual({ ok: true });
    expect(checkOf(session.view())).toMatchObject({
      name: "Release checklist: main",
      ours: true,
      required: true,
      state: "waiting",
    });
    for (const by of ["alice", "root"])
      expect(session.perform({ do: "merge", by, number: 1 })).toEqual({
        ok: false,
        message: "GitHub refuses to merge",
        reasons: ['Required status check "Release checklist: main" is failing.'],
      });
    expect(session.perform({ do: "merge", by: "eve", number: 1 })).toEqual({
      ok: false,
      message: "eve may not merge in acme-default/shop",
      reasons: ["It takes write access."],
    });
  }, 60_000);

  test("a machine starts, fails and passes", async () => {
    await session.start("default");
    const report = (how: "start" | "fail" | "pass") =>
      session.perform({ do: "report", by: "alice", machine: "ci", how });
    const ci = ({ machines }: View) => machines.find(({ id }) => id === "ci")?.state;
    expect(ci(session.view())).toBe("never");
    for (const [how, state] of [
      ["start", "running"],
      ["fail", "failure"],
      ["start", "running"],
      ["pass", "success"],
    ] as const) {
      expect(report(how)).toEqual({ ok: true });
      expect(ci(session.view())).toBe(state);
    }
    await seen(({ threads: [pull] }) => /- \[x\] .*<!-- item:ci -->/.test(pull?.body ?? ""));
    expect(session.perform({ do: "report", by: "alice", machine: "nothing", how: "pass" })).toMatchObject({
      ok: false,
      message: 'No item "nothing" waits for a report.',
    });
  }, 60_000);

  test("an edit of a text that has changed meanwhile is not made", async () => {
    await session.start("default");
    const [pull] = session.view().threads;
    const edit = (was: string) =>
      session.perform({ do: "edit", by: "alice", number: 1, was, body: `${was}More.\n` });
    expect(edit("what it never was")).toMatchObject({
      ok: false,
      message: "The description has changed meanwhile.",
    });
    expect(edit(pull?.body ?? "")).toEqual({ ok: true });
    await seen(({ threads: [now] }) => now?.body.includes("More.") === true);
  }, 60_000);
});
