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
/** What seldom matters shall not hide what does. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
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
const kinds = [
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
] as const;
const names = ["manual", "check", "changed", "deployment", "assigned", "window", "notify"];
const more = fc.record({ when: seldom(when), required: seldom(fc.boolean()) });
const keys = fc.record({
  enforcement: seldom(some("active", "evaluate")),
  release: seldom(
    fc.uniqueArray(
      some<object>({ base: "main" }, { base: "production" }, { base: "main", labels: "release" }),
      {
        minLength: 1,
        selector: (rule) => JSON.stringify(rule),
      },
    ),
  ),
  range: seldom(some("base", "auto")),
  may: seldom(fc.record({ override: maybe(parties), waive: maybe(parties) })),
});

/** An item of the organisation, and what a repository makes of it: mostly one of the same kind. */
const pair = (id: string) =>
  fc
    .record({
      of: fc.nat(kinds.length - 1),
      own: fc.nat(kinds.length * 3),
      locked: some(true, true, true, false),
    })
    .chain(({ of, own, locked }) => {
      const [kind, ownKind] = [kinds[of] ?? kinds[0], kinds[own] ?? kinds[of] ?? kinds[0]];
      const title = "title";
      return fc.record({
        shared: fc
          .tuple(kind, more)
          .map(([keys, rest]) => ({ id, title, ...keys, ...rest, ...(locked ? { locked: true } : {}) })),
        own: fc.oneof(
          {
            weight: 6,
            arbitrary: fc.tuple(ownKind, more).map(([keys, rest]) => ({ id, title, ...keys, ...rest })),
          },
          { weight: 2, arbitrary: more.map((rest) => ({ id, ...rest })) },
          { weight: 1, arbitrary: fc.constant({ id, title: "another title" }) },
          { weight: 1, arbitrary: fc.constant({ id, remove: true }) },
        ),
      });
    });

const files = fc.subarray([...ids], { minLength: 1, maxLength: 2 }).chain((chosen) =>
  fc.record({
    pairs: fc.tuple(...chosen.map(pair)),
    keys,
    ownKeys: keys,
    locked: maybe(
      fc.oneof(fc.constant(true), fc.subarray(["release", "may", "enforcement", "items"], { minLength: 1 })),
    ),
    instead: fc.option(some<object>({ extends: "default" }, { items: 7 }), { freq: 30 }),
  }),
);
type Files = typeof files extends fc.Arbitrary<infer Value> ? Value : never;

const sharedOf = ({ pairs, keys, locked }: Files): object => ({
  ...keys,
  locked,
  items: pairs.map(({ shared }) => shared),
});
const ownOf = ({ pairs, ownKeys, instead }: Files): object =>
  instead ?? { ...ownKeys, items: pairs.map(({ own }) => own) };

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
    fc.property(files, fc.array(facts, { minLength: 6, maxLength: 6 }), (written, worlds) => {
      const organisation = readConfig(yaml(sharedOf(written)), organisationFile, templates);
      fc.pre(organisation.kind === "valid");
      const locked = lockedAlone(organisation.standing);
      fc.pre(locked !== null);
      const config = stateOf(ownOf(written), organisation.standing, locked);
      if (config.kind === "valid") valids += 1;
      for (const world of worlds) {
        if (passes(world, valid(locked))) {
          open += 1;
          continue;
        }
        blocked += 1;
        expect(passes(world, config)).toBe(false);
      }
    }),
    { numRuns: 250 },
  );
  // Otherwise it would show nothing.
  expect(blocked).toBeGreaterThan(100);
  expect(open).toBeGreaterThan(100);
  expect(valids).toBeGreaterThan(100);
});

/** With nothing beside, so that nothing else blocks. */
test.each(names)("one item, and what a repository makes of it: %s", (name) => {
  const kind: fc.Arbitrary<object> = kinds[names.indexOf(name)] ?? kinds[0];
  let seen = 0;
  fc.assert(
    fc.property(kind, kind, fc.array(facts, { minLength: 8, maxLength: 8 }), (shared, own, worlds) => {
      const written = { id: "a", title: "title" };
      const release = [{ base: ["main", "production"] }];
      const organisation = readConfig(
        yaml({ release, items: [{ ...written, ...shared, locked: true }] }),
        organisationFile,
        templates,
      );
      if (organisation.kind !== "valid") throw new Error(JSON.stringify(organisation.findings));
      const locked = organisation.checklist;
      const config = stateOf({ items: [{ ...written, ...own }] }, organisation.standing, locked);
      for (const world of worlds) {
        if (passes(world, valid(locked))) continue;
        seen += 1;
        expect(passes(world, config)).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(50);
});

test("nothing that a repository writes removes a locked item, and what came of it loosens nothing any more", () => {
  fc.assert(
    fc.property(files, (written) => {
      const organisation = readConfig(yaml(sharedOf(written)), organisationFile, templates);
      fc.pre(organisation.kind === "valid");
      const config = readConfig(yaml(ownOf(written)), ".github/release.yml", templates, {
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
    { numRuns: 200 },
  );
});
