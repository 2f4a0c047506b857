import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Checklist } from "../../src/domain/config/checklist.ts";
import { hold } from "../../src/domain/config/locks/hold.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import type { ConfigState } from "../../src/domain/snapshot.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { facts, ids, lockedAlone, passes, valid } from "./facts.ts";
import { organisationFile } from "./files.ts";

const some = fc.constantFrom;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const parties = fc.uniqueArray(
  some("octocat", "bea", "@acme/sre", "role:write", "role:maintain", "role:admin"),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const paths = fc.uniqueArray(some("db/**", "docs/**", "**"), { minLength: 1, maxLength: 2 });
const when = fc
  .record({
    paths: maybe(paths),
    labels: maybe(fc.subarray(["risky", "release"], { minLength: 1 })),
    base: maybe(some("main", "production")),
  })
  .filter((keys) => Object.values(keys).some((value) => value !== undefined));
const signers = fc.record({
  from: maybe(parties),
  not: maybe(fc.subarray(["author", "contributors"], { minLength: 1 })),
  count: maybe(some(1, 2)),
});
const kind = fc.oneof(
  fc.record({
    signers: maybe(signers),
    questions: maybe(
      some<object>({ code: "How?" }, { code: "Why?" }, { code: "How?", data: "And the data?" }),
    ),
    "dismiss-stale": maybe(fc.oneof(fc.boolean(), paths)),
  }),
  fc.record({
    check: fc.oneof(
      some("e2e", "lint"),
      fc.record({ name: some("e2e", "lint"), accept: fc.subarray(["success", "skipped"], { minLength: 1 }) }),
    ),
  }),
  fc.record({ changed: fc.uniqueArray(some("CHANGELOG.md", "docs/**"), { minLength: 1, maxLength: 2 }) }),
  fc.record({ deployment: fc.record({ environment: some("staging", "preview") }) }),
  fc.constant({ assigned: true }),
  fc.record({
    window: fc.record({
      timezone: some("UTC", "Asia/Tokyo"),
      open: maybe(some("Mon-Fri", "Tue 10:00-14:00", "Wed")),
    }),
  }),
  fc.record({
    notify: fc.record({ to: fc.uniqueArray(some("ops", "support"), { minLength: 1 }) }),
    signers: maybe(signers),
  }),
);
const more = fc.record({ when: maybe(when), required: maybe(fc.boolean()) });
const keys = fc.record({
  enforcement: maybe(some("active", "evaluate")),
  release: maybe(
    fc.uniqueArray(
      some<object>({ base: "main" }, { base: "production" }, { base: "main", labels: "release" }),
      {
        minLength: 1,
        selector: (rule) => JSON.stringify(rule),
      },
    ),
  ),
  range: maybe(some("base", "auto")),
  may: maybe(fc.record({ override: maybe(parties), waive: maybe(parties) })),
});

const item = (id: string) =>
  fc
    .tuple(kind, more, some("title", "another title"))
    .map(([of, rest, title]) => ({ id, title, ...of, ...rest }));

/** Of each item a part of the organisation's, so that the two meet often. */
const ownItem = (id: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(kind, more).map(([of, rest]) => ({ id, ...of, ...rest })) },
    { weight: 2, arbitrary: more.map((rest) => ({ id, ...rest })) },
    { weight: 1, arbitrary: fc.constant({ id, remove: true }) },
    { weight: 2, arbitrary: item(id) },
  );
const itemsOf = <T>(one: (id: string) => fc.Arbitrary<T>) =>
  fc.subarray([...ids], { minLength: 1 }).chain((chosen) => fc.tuple(...chosen.map(one)));

const organisations = fc
  .record({
    items: itemsOf((id) =>
      fc.tuple(item(id), fc.boolean()).map(([one, locked]) => (locked ? { ...one, locked } : one)),
    ),
    keys,
    locked: maybe(
      fc.oneof(fc.constant(true), fc.subarray(["release", "may", "enforcement", "items"], { minLength: 1 })),
    ),
  })
  .map(({ items, keys, locked }) => ({ ...keys, items, locked }));
const repositories = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(keys, itemsOf(ownItem)).map(([rest, items]) => ({ ...rest, items })) },
  {
    weight: 1,
    arbitrary: fc.tuple(keys, some("default", "hotfix")).map(([rest, name]) => ({ ...rest, extends: name })),
  },
  { weight: 1, arbitrary: fc.constant({ items: 7 }) },
);

/** Undefined keys are left out. */
const yaml = (checklist: object): string => JSON.stringify({ checklist });
const templates = builtInTemplates();

/** What a repository writes, with the state that it comes to. */
function stateOf(
  own: object,
  organisation: Parameters<typeof lockedAlone>[0],
  locked: Checklist,
): ConfigState {
  const config = readConfig(yaml(own), ".github/release.yml", templates, {
    extended: new Map(),
    organisation,
  });
  if (config.kind === "valid") return valid(config.checklist);
  return { kind: "broken", file: ".github/release.yml", findings: config.findings, locked };
}

test("whatever a repository writes, what the locked checklist alone blocks is blocked", () => {
  let [blocked, valids, open] = [0, 0, 0];
  fc.assert(
    fc.property(
      organisations,
      repositories,
      fc.array(facts, { minLength: 6, maxLength: 6 }),
      (shared, own, worlds) => {
        const organisation = readConfig(yaml(shared), organisationFile, templates);
        fc.pre(organisation.kind === "valid");
        const locked = lockedAlone(organisation.standing);
        fc.pre(locked !== null);
        const config = stateOf(own, organisation.standing, locked);
        if (config.kind === "valid") valids += 1;
        for (const world of worlds) {
          if (passes(world, valid(locked))) {
            open += 1;
            continue;
          }
          blocked += 1;
          expect(passes(world, config)).toBe(false);
        }
      },
    ),
    { numRuns: 500 },
  );
  // Otherwise it would show nothing.
  expect(blocked).toBeGreaterThan(200);
  expect(open).toBeGreaterThan(200);
  expect(valids).toBeGreaterThan(200);
});

test("nothing that a repository writes removes a locked item, and what came of it loosens nothing any more", () => {
  fc.assert(
    fc.property(organisations, repositories, (shared, own) => {
      const organisation = readConfig(yaml(shared), organisationFile, templates);
      fc.pre(organisation.kind === "valid");
      const config = readConfig(yaml(own), ".github/release.yml", templates, {
        extended: new Map(),
        organisation: organisation.standing,
      });
      fc.pre(config.kind === "valid");
      const present = new Set(config.checklist.items.map(({ id }) => id));
      for (const lock of organisation.standing.locks) {
        for (const id of lock.items.keys()) expect(present).toContain(id);
        expect(hold(lock, config.checklist)).toEqual({ checklist: config.checklist, loosened: [] });
      }
    }),
    { numRuns: 300 },
  );
});
