import { answeredAt, ticked } from "../../playground/story/hands.ts";
import type { Item } from "../../src/domain/config/checklist.ts";
import { createWorld, type Issue, type Pull, type World } from "../scenario/world.ts";

/** A release that changes a version, and a migration that destroys data, so that every item applies. */
export const everything = {
  "src/cart.ts": "export const cart = new Map();\n",
  "db/migrations/014-drop-notes.sql": "alter table carts drop column notes;\n",
  "CHANGELOG.md": "# 2.1.0\n",
  "package.json": '{ "version": "2.1.0" }\n',
};

export const worldOf = (checklist: object): World => createWorld({ config: JSON.stringify({ checklist }) });

/** Answers all questions of these items and ticks their boxes, in one edit. */
export async function sign(world: World, pull: Pull | Issue, items: readonly Item[]): Promise<void> {
  const answers = Object.fromEntries(
    items.map((item) => [
      item.id,
      Object.fromEntries(item.kind === "manual" ? item.questions.map(({ id }) => [id, `About ${id}.`]) : []),
    ]),
  );
  const ids = items.map(({ id }) => id);
  await world.act(() => pull.edit({ by: "bea", body: ticked(answeredAt(pull.body, answers), ...ids) }));
}

/** Whoever can, does what one item asks for. */
export async function workOff(world: World, pull: Pull, item: Item): Promise<void> {
  switch (item.kind) {
    case "manual":
    case "notify":
      return sign(world, pull, [item]);
    case "check":
      return world.report(pull, item.check.name ?? "", "success");
    case "deployment":
      return world.act(() => {
        const by = world.github.app({ slug: "pipeline", permissions: { deployments: "write" } });
        world.repo
          .deploy(pull.headSha, { environment: item.deployment.environment, by })
          .status("success", { by });
      });
    case "assigned":
      return world.act(() => pull.assign("bea", { by: "alice" }));
    case "tag":
    case "release":
    case "wait":
      throw new Error(`${item.id} comes after the merge`);
    case "changed":
    case "window":
      // Decided by the release itself and by the clock: nothing is to be done.
      return;
  }
}
