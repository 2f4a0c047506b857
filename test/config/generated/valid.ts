import fc from "fast-check";
import { readTemplate } from "../../../src/domain/config/template.ts";
import { builtInTemplates } from "../../../src/templates.ts";
import { Mapping, type Node, type Style } from "./yaml.ts";

/** Valid configurations, of every kind of item and every key, and the styles to write them in. */

type Entries = [string, Node][];

/** A mapping whose keys stand in any order; those without a value are left out. */
const mapping = (parts: Record<string, fc.Arbitrary<Node | undefined>>): fc.Arbitrary<Mapping> =>
  fc
    .tuple(
      fc.record(parts),
      fc.shuffledSubarray(Object.keys(parts), { minLength: Object.keys(parts).length }),
    )
    .map(([values, order]) => {
      const entries = order.flatMap((key): Entries => {
        const value = values[key];
        return value === undefined ? [] : [[key, value]];
      });
      return new Mapping(entries);
    });

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const oneOrMany = (entry: fc.Arbitrary<string>): fc.Arbitrary<Node> =>
  fc.oneof(entry, fc.array(entry, { minLength: 1, maxLength: 3 }));

/** One line of anything that people write. */
const line = fc
  .oneof(
    fc.constantFrom(
      "CI is green",
      "Rollback plan confirmed",
      "Ask @acme/sre: now?",
      "Größe geprüft ✓",
      "発行 😀",
      'it\'s "done"',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  )
  .filter((text) => text.trim() !== "" && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text));

const word = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
const login = fc.constantFrom("octocat", "bea", "renovate[bot]", "a-b");
const party = fc.oneof(login, fc.constantFrom("@acme/sre", "@acme/leads", "role:admin", "role:write"));
const path = fc.constantFrom("**/*.sql", "db/**", "CHANGELOG.md", "src/*.ts", "**", "a?b/[a-z]+");
const paths = oneOrMany(path);
const branch = fc.constantFrom("main", "production", "release/**", "support/*", "v[0-9]+");
const label = fc.constantFrom("release", "needs: care", "area/*");
const checkName = fc.constantFrom("e2e", "unit (*)", "C++ (x)", "build / test", "lint");

export const checkReference: fc.Arbitrary<Node> = fc.oneof(
  checkName,
  mapping({
    name: checkName,
    app: maybe(fc.constant("github-actions")),
    accept: maybe(oneOrMany(fc.constantFrom("success", "skipped", "neutral"))),
    by: maybe(oneOrMany(login)),
  }),
  mapping({
    workflow: fc.constantFrom("ci.yml", ".github/workflows/e2e.yaml"),
    name: maybe(checkName),
  }),
);

const signers = mapping({
  from: maybe(oneOrMany(party)),
  not: maybe(oneOrMany(fc.constantFrom("author", "contributors"))),
  count: maybe(fc.integer({ min: 1, max: 100 })),
});

const weekly = fc.constantFrom(
  "Tue-Thu 10:00-14:00",
  "Mon,Wed 09:00-12:00",
  "Sat-Sun",
  "Fri-Mon 00:00-24:00",
);

const window = mapping({
  timezone: fc.constantFrom("Europe/Berlin", "UTC", "America/New_York"),
  open: maybe(oneOrMany(weekly)),
  warn: maybe(oneOrMany(weekly)),
  closed: maybe(
    fc.array(
      mapping({
        from: fc.constantFrom("2026-12-20", "2027-05-01"),
        through: maybe(fc.constant("2027-06-03")),
        reason: maybe(line),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  ),
});

const condition = fc.oneof(
  mapping({ paths, labels: maybe(oneOrMany(label)), base: maybe(oneOrMany(branch)) }),
  mapping({ migrations: fc.constantFrom("risky", "destructive") }),
);

/** What makes an item one of a kind. */
const kinds: readonly Record<string, fc.Arbitrary<Node | undefined>>[] = [
  {
    questions: maybe(
      fc
        .dictionary(word, line, { minKeys: 1, maxKeys: 3 })
        .map((given) => new Mapping(Object.entries(given))),
    ),
    lists: maybe(fc.constant("scope")),
    signers: maybe(signers),
    "dismiss-stale": maybe(fc.oneof(fc.boolean(), paths)),
  },
  { check: checkReference },
  { changed: paths },
  {
    deployment: mapping({
      environment: fc.constantFrom("staging", "prod-*"),
      ignore: maybe(paths),
      by: maybe(oneOrMany(login)),
    }),
  },
  { assigned: fc.constant(true) },
  { window },
  {
    notify: mapping({
      to: maybe(oneOrMany(fc.constantFrom("stakeholders", "@acme/support", "@bea"))),
      post: maybe(fc.constantFrom("on-tick", "when-ready")),
    }),
    signers: maybe(signers),
  },
];

const phase = fc.constantFrom("deploy", "after-deploy");

/** Those that follow the merge. */
const lateKinds: readonly Record<string, fc.Arbitrary<Node | undefined>>[] = [
  { phase, tag: oneOrMany(fc.constantFrom("v*", "release-*")) },
  { phase, release: oneOrMany(fc.constant("v[0-9]+")) },
  {
    phase,
    wait: fc.oneof(
      fc.constantFrom("30m", "1h 30m", "2d"),
      mapping({ for: fc.constant("24h"), environment: maybe(fc.constant("production")) }),
    ),
  },
  { phase, check: checkReference },
  { phase, signers: maybe(signers) },
];

const item = (index: number, groups: readonly string[], of = kinds): fc.Arbitrary<Mapping> =>
  fc.constantFrom(...of).chain((kind) =>
    mapping({
      id: word.map((text) => `own-${index}-${text}`),
      title: line,
      help: maybe(fc.oneof(line, fc.constant("First this.\nThen that."))),
      required: maybe(fc.boolean()),
      when: maybe(condition),
      ...(groups.length === 0 ? {} : { group: maybe(fc.constantFrom(...groups)) }),
      ...kind,
    }),
  );

const templates = [...builtInTemplates().keys()];

const slotsOf = (names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const template = readTemplate(name, builtInTemplates());
    if (typeof template === "string") throw new Error(template);
    return Object.keys(template.slots ?? {});
  });

/** What may stand under the key `checklist`. */
export const checklists: fc.Arbitrary<Mapping> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...templates), { maxLength: 2 }),
    fc.uniqueArray(line, { maxLength: 2, selector: (text) => text.trim() }),
    fc.integer({ min: 0, max: 4 }),
  )
  .chain(([extended, groups, count]) => {
    const slots = slotsOf(extended);
    return mapping({
      enforcement: maybe(fc.constantFrom("active", "evaluate")),
      range: maybe(fc.constantFrom("base", "last-release", "auto")),
      release: maybe(
        fc.array(
          mapping({
            base: oneOrMany(branch),
            head: maybe(oneOrMany(branch)),
            labels: maybe(oneOrMany(label)),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      may: maybe(mapping({ override: maybe(oneOrMany(party)), waive: maybe(oneOrMany(party)) })),
      "request-signers": maybe(fc.boolean()),
      "freeze-base": maybe(fc.boolean()),
      extends: fc.constant(
        extended.length === 0 ? undefined : extended.length === 1 ? extended[0] : extended,
      ),
      checks:
        slots.length === 0
          ? fc.constant(undefined)
          : maybe(
              fc
                .dictionary(fc.constantFrom(...slots), checkReference, {
                  minKeys: 1,
                  maxKeys: 2,
                  noNullPrototype: true,
                })
                .map((given) => new Mapping(Object.entries(given))),
            ),
      groups: fc.constant(
        groups.length === 0 ? undefined : groups.map((title) => new Mapping([["title", title]])),
      ),
      items:
        count === 0
          ? fc.constant(undefined)
          : fc
              .tuple(
                fc.tuple(...Array.from({ length: count }, (_, index) => item(index, groups))),
                fc.array(item(count, groups, lateKinds), { maxLength: 1 }),
              )
              .map(([early, late]) => [...early, ...late]),
    });
  });

const above = [
  "# Who looks after this: @acme/sre",
  "changelog: { categories: [{ title: Features, labels: [feature] }] }",
  "",
] as const;

export const styles: fc.Arbitrary<Style> = fc.record({
  choices: fc.array(fc.nat(719), { minLength: 1, maxLength: 40 }),
  eol: fc.constantFrom("\n" as const, "\r\n" as const, "\r" as const),
  bom: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  above: fc.subarray([...above]),
});
