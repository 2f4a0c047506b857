import { describe, expect, test } from "@jest/globals";
import { afterMerge } from "../../src/domain/config/phases.ts";
import { readLedger } from "../../src/domain/ledger-text.ts";
import type { Issue, Pull, World } from "../scenario/world.ts";
import { early, filled, meaning, names } from "./resolved.ts";
import { everything, sign, workOff, worldOf } from "./work.ts";

const late = names.filter((name) => afterMerge(meaning({ extends: name }).items).length > 0);

const shown = ({ body }: Issue): string =>
  body
    .slice(body.indexOf("## Release checklist"), body.indexOf("Who signed what"))
    .replace(/ ?<!--.*?-->/g, "")
    .replace(/\b[0-9a-f]{7}\b/g, "<commit>")
    .trim();

const outcomesOf = (world: World, pull: Pull) => {
  const ledger = readLedger(world.check(pull).text);
  return ledger === null || ledger === "damaged" ? null : ledger.merge?.outcomes;
};

async function mergedBy(checklist: object): Promise<{ world: World; pull: Pull; issue: Issue }> {
  const world = worldOf(checklist);
  const pull = await world.open({ files: everything });
  const items = early(meaning(checklist));
  await sign(
    world,
    pull,
    items.filter(({ kind }) => kind === "manual"),
  );
  for (const item of items.filter(({ kind }) => kind !== "manual")) await workOff(world, pull, item);
  await world.act(() => pull.merge({ by: "bob" }));
  const [issue] = world.repo.issues;
  if (issue === undefined) throw new Error("no follow-up was opened");
  return { world, pull, issue };
}

test("three of them go on after the merge", () => {
  expect(late).toEqual(["managed-release", "seven-steps", "zero-rollback"]);
});

describe.each(late)("a release by the template %s, after the merge", (name) => {
  test("by people alone, with every slot open", async () => {
    const { world, pull, issue } = await mergedBy({ extends: name });
    const items = afterMerge(meaning({ extends: name }).items);
    expect(shown(issue)).toMatchSnapshot();
    await sign(
      world,
      issue,
      items.filter(({ kind }) => kind === "manual"),
    );
    await world.act(() => world.repo.release("v2.1.0", { by: "bob" }));
    await world.advance(25 * 3_600_000);
    expect(issue.state).toBe("closed");
    expect(outcomesOf(world, pull)).toMatchObject([{ status: "successful", by: "bea", via: "items" }]);
    await world.finish();
  }, 60_000);

  test("by programs where they can", async () => {
    const checklist = { extends: name, checks: filled(name) };
    const { world, pull, issue } = await mergedBy(checklist);
    const items = afterMerge(meaning(checklist).items);
    const merged = world.repo.sha("main");
    for (const { kind, ...item } of items)
      if (kind === "check" && "check" in item)
        await world.act(() =>
          world.repo.checkRun({ name: item.check.name ?? "", sha: merged, conclusion: "success" }),
        );
    await world.act(() => world.repo.release("v2.1.0", { by: "bob" }));
    await sign(
      world,
      issue,
      items.filter(({ kind }) => kind === "manual"),
    );
    await world.advance(25 * 3_600_000);
    expect(shown(issue)).toMatchSnapshot();
    expect(issue.state).toBe("closed");
    expect(outcomesOf(world, pull)).toMatchObject([{ status: "successful" }]);
    await world.finish();
  }, 60_000);
});
