import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, repliesOn, seen, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go, signers: { from: ["@acme/sre"] } }
    - { id: plan, title: Plan, questions: { how: How do we revert? } }
`;

const name = "Release checklist: main";

const isOpen = (world: World, pull: Pull): boolean =>
  world.repo.checkRuns(pull.headSha, name).at(-1)?.conclusion === "success";

/** One release, step by step; nothing but the last step may open its gate. */
const steps: readonly ((world: World, pull: Pull) => Promise<unknown>)[] = [
  (world, pull) => world.report(pull, "e2e", "success"),
  (world, pull) => world.comment(pull, "bea", "/checklist sign go"),
  (world, pull) => world.comment(pull, "bob", "/checklist sign plan\n1. git revert"),
];

describe("promise 1: closed by default", () => {
  test("a record of a newer version is not understood: it blocks, and stays as it is", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.comment(pull, "bea", "/checklist sign go");
    const [run] = world.repo.checkRuns(pull.headSha, name);
    const text = run?.record.output.text ?? "";
    const newer = text.replace("release-checklist:ledger:1", "release-checklist:ledger:2");
    expect(newer).not.toBe(text);
    const { title, summary } = run?.record.output ?? {};
    run?.update({ output: { title: title ?? "", summary: summary ?? "", text: newer } });
    await world.restart();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: the ledger cannot be read

### What is missing

- The ledger cannot be read: the check run 1020 on 5b55bba holds one that this version of the app cannot read"
`);
    expect(world.check(pull).text).toBe(newer);
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.sweep();
    expect(isOpen(world, pull)).toBe(false);
    await world.finish();
  });

  test("a record that was damaged blocks, and is not taken for a missing one", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.comment(pull, "bea", "/checklist sign go");
    const [run] = world.repo.checkRuns(pull.headSha, name);
    const { title, summary, text } = run?.record.output ?? {};
    const damaged = (text ?? "").replace('"version":1', '"version":');
    run?.update({ output: { title: title ?? "", summary: summary ?? "", text: damaged } });
    await world.restart();
    expect(world.check(pull).conclusion).toBe("failure");
    expect(world.check(pull).text).toBe(damaged);
    await world.finish();
  });

  test.each(Array.from({ length: 12 }, (_, seed) => seed))(
    "whatever goes wrong at random (seed %i), nothing opens before all is done, and all is done in the end",
    async (seed) => {
      const world = createWorld({ config });
      world.github.faults.random({
        seed,
        rate: 0.15,
        // 404 is an answer, not a fault: what GitHub does not have is not there.
        kinds: [403, 422, 500, 502, "reset", "applied-then-500", "applied-then-reset"],
      });
      const pull = await world.open({ body: "Text" });
      for (const [index, step] of steps.entries()) {
        expect({ index, open: isOpen(world, pull) }).toEqual({ index, open: false });
        await step(world, pull);
        await world.advance(30_000);
      }
      world.github.faults.random(undefined);
      await world.advance(120_000);
      await world.sweep();
      await world.comment(pull, "root", "/checklist recheck");
      await world.advance(60_000);
      const lost = world.check(pull).title !== "Ready: 3 of 3 items done";
      // A right that could not be read costs the command; whoever wrote it was told, and writes it again.
      if (lost) expect(repliesOn(pull).join("\n")).toContain("write the command again when that is repaired");
      if (lost) for (const step of steps) await step(world, pull);
      expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
      expect(isTicked(pull, "go")).toBe(true);
      await world.finish();
    },
  );
});
