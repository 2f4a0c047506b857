import { describe, expect, test } from "@jest/globals";
import { createPace } from "../../src/github/pace.ts";
import { steppedClock, turnedClock } from "./scripted.ts";

const read = { points: 1, creates: false };
const create = { points: 5, creates: true };

describe("pacing", () => {
  test("lets requests through at once while the limits are far", async () => {
    const clock = steppedClock();
    const pace = createPace({ concurrent: 100, pointsPerMinute: 900, creationsPerMinute: 80 }, clock);
    for (let count = 0; count < 80; count += 1) (await pace.enter(create))();
    for (let count = 0; count < 500; count += 1) (await pace.enter(read))();
    expect(clock.slept).toEqual([]);
  });

  test("keeps every stretch of a minute within the points", async () => {
    const clock = steppedClock();
    const pace = createPace({ concurrent: 10, pointsPerMinute: 20, creationsPerMinute: 100 }, clock);
    const entered: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      (await pace.enter(read))();
      entered.push(clock.now());
      if (count % 7 === 0) await clock.sleep(1_000);
    }
    for (const at of entered) {
      expect(entered.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(20);
    }
    expect(clock.now()).toBeLessThan(6 * 60_000);
  });

  test("does not let creations wait for anything but creations", async () => {
    const clock = steppedClock();
    const pace = createPace({ concurrent: 10, pointsPerMinute: 900, creationsPerMinute: 2 }, clock);
    await pace.enter(create);
    await pace.enter(create);
    await pace.enter(read);
    expect(clock.slept).toEqual([]);
    await pace.enter(create);
    expect(clock.slept).toEqual([60_000]);
  });

  test("lets a read that waits for points go before a creation that waits for longer", async () => {
    const clock = turnedClock();
    const pace = createPace({ concurrent: 10, pointsPerMinute: 7, creationsPerMinute: 1 }, clock);
    await pace.enter(read);
    await pace.enter(read);
    await clock.turnTo(30_000);
    await pace.enter(create);
    const entered: string[] = [];
    const second = pace.enter(create).then(() => entered.push("create"));
    const third = pace.enter(read).then(() => entered.push("read"));
    await clock.turnTo(59_999);
    expect(entered).toEqual([]);
    await clock.turnTo(60_000);
    expect(entered).toEqual(["read"]);
    await clock.turnTo(90_000);
    expect(entered).toEqual(["read", "create"]);
    await Promise.all([second, third]);
  });

  test("allows only so many at once, and hands a place on when one leaves", async () => {
    const pace = createPace({ concurrent: 2, pointsPerMinute: 900, creationsPerMinute: 80 }, steppedClock());
    const leave = await pace.enter(read);
    await pace.enter(read);
    let entered = false;
    const third = pace.enter(read).then((leaveThird) => {
      entered = true;
      return leaveThird;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
    leave();
    leave();
    await third;
    const fourth = pace.enter(read);
    const outcome = await Promise.race([
      fourth.then(() => "entered"),
      new Promise((resolve) => setImmediate(() => resolve("waits"))),
    ]);
    expect(outcome).toBe("waits");
  });
});
