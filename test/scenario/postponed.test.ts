import { expect, test } from "@jest/globals";
import type { Message } from "../../src/domain/announcement.ts";
import { createWorld } from "./world.ts";

const config = `
checklist:
  items:
    - { id: ci, title: CI is green, check: ci }
    - { id: go, title: Go }
    - { id: tell, title: Stakeholders notified, notify: { to: stakeholders } }
`;
const targets = '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}';

async function announced() {
  const sent: Message[] = [];
  const world = createWorld({
    config,
    targets,
    send: async (_, message) => {
      sent.push(message);
      return { outcome: "sent", detail: "accepted" };
    },
  });
  const pull = await world.open();
  await world.report(pull, "ci", "success");
  await world.tick(pull, "bob", "go");
  await world.tick(pull, "bea", "tell");
  expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
  return { world, pull, sent, titles: () => sent.map(({ title }) => title) };
}

test("a gate that closes again for more than ten minutes is told of once, and announced anew", async () => {
  const { world, pull, sent, titles } = await announced();
  await world.report(pull, "ci", "failure");
  expect(world.check(pull).title).toBe("Blocked: ci failed");
  await world.advance(9 * 60_000);
  expect(titles()).toHaveLength(1);
  await world.advance(2 * 60_000);
  expect(titles()).toEqual([
    "Release announced: acme/shop #1: Release 1.0",
    "Release postponed: acme/shop #1: Release 1.0",
  ]);
  expect(sent[1]?.text).toMatchInlineSnapshot(`
"Release postponed: acme/shop #1: Release 1.0
Into: main from release/1 at 5b55bba
By: alice
Still open: CI is green (2 of 3 done)
https://github.com/acme/shop/pull/1"
`);
  await world.advance(60 * 60_000);
  await world.sweep();
  expect(titles()).toHaveLength(2);
  await world.report(pull, "ci", "success");
  expect(world.check(pull).title).toMatchInlineSnapshot(
    `"Blocked: waiting for anyone with write access, Stakeholders notified"`,
  );
  expect(pull.body).toContain("- [ ] Stakeholders notified");
  await world.tick(pull, "bea", "tell");
  expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
  expect(titles()).toHaveLength(3);
});

test("a gate that opens again within ten minutes is no news", async () => {
  const { world, pull, titles } = await announced();
  await world.untick(pull, "bob", "go");
  expect(world.check(pull).conclusion).toBe("action_required");
  await world.advance(5 * 60_000);
  await world.tick(pull, "bob", "go");
  await world.advance(60 * 60_000);
  expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
  expect(titles()).toHaveLength(1);
});
