import { expect, test } from "@jest/globals";
import { createWorld } from "./world.ts";

const config = `
checklist:
  items:
    - { id: go, title: Go }
    - { id: plan, title: Multi-step plan agreed, when: { migrations: risky } }
    - { id: backup, title: Backup taken and restored once, when: { migrations: destructive } }
`;

const items = (body: string): string[] => [...body.matchAll(/item:([\w-]+)/g)].map(([, id]) => id ?? "");

test("a destructive migration brings the backup and the plan, and the check names file and line", async () => {
  const world = createWorld({ config });
  const pull = await world.open({
    files: { "db/migrations/7_drop.sql": "-- tidy up\nALTER TABLE orders\n  DROP COLUMN note;\n" },
  });
  expect(items(pull.body)).toEqual(["go", "plan", "backup"]);
  const { summary } = world.check(pull);
  expect(
    summary
      .split("\n")
      .filter((line) => line.includes("7_drop.sql"))
      .join("\n"),
  ).toMatchInlineSnapshot(
    `"- destructive: db/migrations/7_drop.sql:3 \`ALTER TABLE orders DROP COLUMN note\`: The column's data is gone, and the release that still runs may read or write it. Stop using the column first, take a backup, and drop it in a later release."`,
  );
  await world.finish();
});

test("a harmless migration brings neither", async () => {
  const world = createWorld({ config });
  const pull = await world.open({
    files: { "db/migrations/8_add.sql": "ALTER TABLE orders ADD COLUMN note text;\n" },
  });
  expect(items(pull.body)).toEqual(["go"]);
  await world.finish();
});

test("a risky one brings the plan, and so does what nobody can parse, counted apart", async () => {
  const world = createWorld({ config });
  const risky = await world.open({
    files: { "db/migrations/9.sql": "CREATE INDEX orders_by_note ON orders (note);\n" },
  });
  expect(items(risky.body)).toEqual(["go", "plan"]);
  const strange = await world.open({
    head: "release/2",
    files: { "db/migrations/10.sql": "ALTER TABEL orders ENGINE = InnoDB;\n" },
  });
  expect(items(strange.body)).toEqual(["go", "plan"]);
  expect(world.check(strange).summary).toContain("could not be looked into; it counts as risky");
  await world.finish();
});

test("promise 1: migrations that cannot be read count as destructive", async () => {
  const world = createWorld({ config });
  world.github.faults.add({ match: { method: "GET", path: /contents\/db/ }, status: 403, times: 100 });
  const pull = await world.open({
    files: { "db/migrations/8_add.sql": "ALTER TABLE orders ADD COLUMN note text;\n" },
  });
  expect(items(pull.body)).toEqual(["go", "plan", "backup"]);
});
