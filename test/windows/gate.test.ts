import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, repliesOn, seen } from "../scenario/world.ts";

const hour = 60 * 60_000;
const checklist = (items: string): string => `checklist:\n  release: [{ base: main }]\n  items:\n${items}`;
/** The world begins on Monday, 2 March 2026, at 10:00 UTC, which is 11:00 in Berlin. */
const window = (rest: string): string =>
  `    - { id: window, title: Inside the release window, window: { timezone: Europe/Berlin, ${rest} } }\n`;

describe("a release window", () => {
  test("the gate opens and closes by itself, and says when it opens next", async () => {
    const world = createWorld({ config: checklist(window('open: ["Tue-Thu 10:00-14:00"]')) });
    const pull = await world.open({ body: "Text" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: window closed, opens Tue 3 March 2026 at 10:00 (Europe/Berlin)

**Blocked.** 0 of 1 items are done.

### What is missing

- Inside the release window: The release window is closed; it opens Tue 3 March 2026 at 10:00 (Europe/Berlin).

| item | state | evidence |
|---|---|---|
| Inside the release window | ❌ failed | closed, opens Tue 3 March 2026 at 10:00 (Europe/Berlin) |"
`);
    await world.advance(22 * hour + 59 * 60_000);
    await world.advance(60_000);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| Inside the release window | ✅ done | open |"
`);
    expect(isTicked(pull, "window")).toBe(true);
    await world.advance(4 * hour);
    expect(world.check(pull)).toMatchObject({ conclusion: "failure" });
    expect(isTicked(pull, "window")).toBe(false);
    await world.finish();
  });

  test("a time that warns passes, with a remark", async () => {
    const world = createWorld({
      config: checklist(window('open: ["Tue-Thu 10:00-14:00"], warn: ["Mon 10:00-14:00"]')),
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

### Good to know

- This is a time for which the release window warns: merge now only when somebody stays with it.

| item | state | evidence |
|---|---|---|
| Inside the release window | ✅ done | open, with a warning |"
`);
    await world.advance(3 * hour);
    expect(world.check(pull).title).toMatchInlineSnapshot(
      `"Blocked: window closed, opens Tue 3 March 2026 at 10:00 (Europe/Berlin)"`,
    );
    await world.finish();
  });

  test("closed days block, with their reason", async () => {
    const world = createWorld({
      config: checklist(window("closed: [{ from: 2026-03-01, through: 2026-03-03, reason: Audit }]")),
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: window closed, opens Wed 4 March 2026 at 00:00 (Europe/Berlin)

**Blocked.** 0 of 1 items are done.

### What is missing

- Inside the release window: The release window is closed from 2026-03-01 through 2026-03-03 (Audit); it opens Wed 4 March 2026 at 00:00 (Europe/Berlin).

| item | state | evidence |
|---|---|---|
| Inside the release window | ❌ failed | closed, opens Wed 4 March 2026 at 00:00 (Europe/Berlin) |"
`);
    await world.finish();
  });

  test("when-ready does not wait for the window", async () => {
    const world = createWorld({
      config: checklist(
        `${window('open: ["Tue-Thu 10:00-14:00"]')}    - { id: told, title: Told, notify: { post: when-ready } }\n`,
      ),
    });
    const pull = await world.open();
    expect(repliesOn(pull)).toHaveLength(1);
    expect(world.check(pull).title).toMatchInlineSnapshot(
      `"Blocked: window closed, opens Tue 3 March 2026 at 10:00 (Europe/Berlin)"`,
    );
    await world.finish();
  });
});

describe("somebody in charge", () => {
  test("whoever the pull request is assigned to stands in title and announcement", async () => {
    const world = createWorld({
      config: checklist(
        "    - { id: in-charge, title: Somebody is in charge, assigned: true }\n" +
          "    - { id: told, title: Told, notify: { post: when-ready } }\n",
      ),
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: in-charge nobody is assigned (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Somebody is in charge: Assign the pull request to whoever is in charge of the release.
- Told: the app posts it when all other items are done

| item | state | evidence |
|---|---|---|
| Somebody is in charge | ⏳ waiting | nobody is assigned |
| Told | ⏳ waiting | posted when all else is done |

### Announcement

To a comment here:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - Still open: Somebody is in charge (0 of 2 done)
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.act(() => pull.assign("carol", { by: "alice" }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 2 of 2 items done, carol in charge

**Ready to merge.** 2 of 2 items are done.

| item | state | evidence |
|---|---|---|
| Somebody is in charge | ✅ done | carol in charge |
| Told | ✅ done | announced: to comment on 2026-03-02 · [comment](https://github.com/acme/shop/pull/1#issuecomment-1021) |

### Announcement

To a comment here:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - In charge: carol
> 
> <https://github.com/acme/shop/pull/1>"
`);
    expect(repliesOn(pull)[0]).toMatchInlineSnapshot(`
"**Release announced: acme/shop \`#1\`: Release 1.0**

- Into: main from release/1 at 5b55bba
- By: alice
- In charge: carol

<https://github.com/acme/shop/pull/1>"
`);
    await world.act(() => pull.assign("bob", { by: "alice" }));
    expect(world.check(pull).title).toMatchInlineSnapshot(
      `"Ready: 2 of 2 items done, carol and bob in charge"`,
    );
    await world.act(() => pull.unassign("carol", { by: "alice" }));
    await world.act(() => pull.unassign("bob", { by: "alice" }));
    expect(world.check(pull)).toMatchObject({ conclusion: "action_required" });
    await world.finish();
  });
});
