import { describe, expect, test } from "@jest/globals";
import { blockOf } from "../scenario/world.ts";
import { filled, names } from "./resolved.ts";
import { everything, worldOf } from "./work.ts";

/** Hidden marks are for the app. */
const shown = (block: string): string => block.replace(/ ?<!--.*?-->/g, "").trim();

describe.each(names)("what stands in the description with the template %s", (name) => {
  test("with every slot open, for a release with a migration", async () => {
    const world = worldOf({ extends: name });
    const pull = await world.open({ files: everything });
    expect(shown(blockOf(pull))).toMatchSnapshot();
    await world.finish();
  });

  test("with every slot filled, for a release without a migration", async () => {
    const world = worldOf({ extends: name, checks: filled(name) });
    const pull = await world.open();
    expect(shown(blockOf(pull))).toMatchSnapshot();
    await world.finish();
  });
});
