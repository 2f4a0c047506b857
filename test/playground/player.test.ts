import { describe, expect, test } from "@jest/globals";
import { Player } from "../../playground/serve/player.ts";
import type { PlayView } from "../../playground/serve/view.ts";
import type { PageWorld } from "../../playground/serve/world.ts";
import { sight } from "../../playground/story/scene.ts";

/** A world in which two things happen, and what was done in it. */
function world(seen: () => boolean = () => true) {
  const done: string[] = [];
  const steps = ["one", "two"].map((name) => ({
    happens: `${name} happens`,
    act: () => void done.push(name),
    leads: `${name} is seen.`,
    look: () => sight(seen(), `after ${name}`),
  }));
  const stage = { github: { webhooks: { idle: async () => {} } } };
  return { done, world: { choice: { steps }, stage, scene: {}, tick: () => {} } as unknown as PageWorld };
}

const forEver = { reading: 2 ** 30, deadline: 20 };

/** A player whose every state can be waited for. */
function playerOf(of: PageWorld, pace = forEver) {
  const waiting = new Set<() => void>();
  const player = new Player(of, pace, () => {
    for (const check of [...waiting]) check();
  });
  const until = (holds: (view: PlayView) => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds(player.view)) return;
        waiting.delete(check);
        // Whoever told of it goes on to wait first.
        setImmediate(resolve);
      };
      waiting.add(check);
      check();
    });
  return { player, until };
}

const leadsOf = ({ told }: PlayView) => told.map(({ leads }) => leads);

describe("the player", () => {
  test("waits before and after each step, until somebody hurries it", async () => {
    const { done, world: of } = world();
    const { player, until } = playerOf(of);
    const played = player.play();
    await until(({ told }) => told.length === 1);
    expect(done).toEqual([]);
    player.goOn();
    await until((view) => leadsOf(view).at(0) === "one is seen.");
    expect(done).toEqual(["one"]);
    player.goOn();
    await until(({ told }) => told.length === 2);
    player.goOn();
    await until((view) => leadsOf(view).at(1) === "two is seen.");
    player.goOn();
    await played;
    expect(player.view).toMatchObject({ state: "done", total: 2, problem: null });
  });

  test("goes on by itself at its pace", async () => {
    const { done, world: of } = world();
    const { player } = playerOf(of, { ...forEver, reading: 1 });
    await player.play();
    expect(done).toEqual(["one", "two"]);
  });

  test("stands still while it is paused", async () => {
    const { done, world: of } = world();
    const { player, until } = playerOf(of, { ...forEver, reading: 5 });
    const played = player.play();
    player.pause();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done).toEqual([]);
    expect(player.view.state).toBe("paused");
    player.goOn();
    await until(({ state }) => state === "done");
    await played;
    expect(done).toEqual(["one", "two"]);
  });

  test("says what was seen instead when a step does not happen", async () => {
    const { world: of } = world(() => false);
    const { player } = playerOf(of, { reading: 1, deadline: 5 });
    await player.play();
    expect(player.view.state).toBe("failed");
    expect(player.view.problem).toBe(
      "Not seen within 0.005 seconds: one is seen. What was seen instead: after one",
    );
  });

  test("ends at once when it is stopped", async () => {
    const { done, world: of } = world();
    const { player } = playerOf(of);
    const played = player.play();
    player.stop();
    await played;
    expect(done).toEqual([]);
    expect(player.view.state).toBe("playing");
  });
});
