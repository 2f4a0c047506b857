import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mayConcern } from "../../src/domain/checks/concerns.ts";
import { decideCheck } from "../../src/domain/checks/decide.ts";
import type { CheckFacts, CheckRun, CommitStatus } from "../../src/domain/checks/facts.ts";
import { type CheckUpdate, withUpdate } from "../../src/domain/checks/update.ts";
import type { CheckRef } from "../../src/domain/config/checklist.ts";
import { bot, context, person, ref, run, status, suite, workflow } from "./facts.ts";

const names = ["e2e", "unit (a)", "unit (b)", "unit*", "lint"];
const apps = ["github-actions", "ci-app", "release-checklist"];
const conclusions = ["success", "success", "success", "failure", "skipped", "neutral", "cancelled", null];
const suites = [10, 11];
const ended = fc.record({
  status: fc.constantFrom("completed", "completed", "completed", "in_progress", "queued"),
  conclusion: fc.constantFrom(...conclusions),
});

const anyRun: fc.Arbitrary<CheckRun> = fc
  .record({
    id: fc.nat(30),
    name: fc.constantFrom(...names),
    app: fc.constantFrom(...apps),
    suite: fc.constantFrom(...suites),
    end: ended,
  })
  // A suite belongs to one app.
  .map(({ end, suite: of, ...rest }) =>
    run(rest.name, { ...rest, suite: of + 10 * apps.indexOf(rest.app), ...(end as Partial<CheckRun>) }),
  );

const anyStatus: fc.Arbitrary<CommitStatus> = fc
  .record({
    id: fc.nat(30),
    context: fc.constantFrom(...names),
    state: fc.constantFrom("success", "success", "failure", "pending", "error"),
    creator: fc.constantFrom(bot("ci-app[bot]"), bot("github-actions[bot]"), person("alice"), null),
  })
  .map((all) => status(all.context, all));

const anyFacts: fc.Arbitrary<CheckFacts> = fc.record({
  runs: fc.array(anyRun, { maxLength: 8 }),
  suites: fc.array(
    fc.record({ id: fc.constantFrom(10, 11, 20, 21), end: ended }).map(({ id, end }) => suite(id, end)),
    { maxLength: 4 },
  ),
  statuses: fc.array(anyStatus, { maxLength: 4 }),
  workflows: fc.array(
    fc
      .record({
        file: fc.constantFrom("ci.yml", "e2e.yml"),
        suite: fc.constantFrom(...suites),
        attempt: fc.integer({ min: 1, max: 3 }),
        end: ended,
      })
      // A suite belongs to one run of one workflow, so number and id go with it.
      .map(({ file, end, ...rest }) =>
        workflow(file, { ...rest, ...end, number: rest.suite, id: rest.suite }),
      ),
    { maxLength: 3 },
  ),
});

const anyRef: fc.Arbitrary<CheckRef> = fc
  .record({
    what: fc.constantFrom<Partial<CheckRef>>(
      { name: "e2e" },
      { name: "unit (a)" },
      { name: "unit*" },
      { name: "*" },
      { workflow: "ci.yml" },
      { workflow: "ci.yml", name: "e2e" },
      { workflow: "ci.yml", name: "unit (*)" },
    ),
    app: fc.constantFrom<Partial<CheckRef>>({}, {}, { app: "github-actions" }, { app: "ci-app" }),
    accept: fc.constantFrom(["success"], ["success", "skipped"], ["success", "skipped", "neutral"]),
    by: fc.constantFrom([], ["alice"]),
  })
  .map(({ what, app, ...rest }) => ref({ ...rest, ...what, ...app }));

const anyUpdate: fc.Arbitrary<CheckUpdate> = fc.oneof(
  anyRun.map((told): CheckUpdate => ({ kind: "run", run: told, suite: suite(told.suite) })),
  anyStatus.map((told): CheckUpdate => ({ kind: "status", status: told })),
  anyFacts.map(({ suites: [told] }): CheckUpdate => ({ kind: "suite", suite: told ?? suite(10) })),
  anyFacts.map(
    ({ workflows: [told] }): CheckUpdate => ({ kind: "workflow", workflow: told ?? workflow("ci.yml") }),
  ),
);

const decide = (wanted: CheckRef, found: CheckFacts) => decideCheck(wanted, found, context());

const runs2000 = { numRuns: 2000 };

/** The rule of the contract, written as plainly and slowly as it reads. Not for workflows. */
function green(wanted: CheckRef, found: CheckFacts): boolean {
  const pattern = wanted.name ?? "";
  const matches = (name: string) =>
    pattern.includes("*") ? name.startsWith(pattern.split("*")[0] ?? "") : name === pattern;
  const runs = found.runs.filter(
    (one) => matches(one.name) && one.app !== "release-checklist" && (!wanted.app || wanted.app === one.app),
  );
  const newest = runs.filter((one) =>
    runs.every(
      (other) =>
        other.id <= one.id || other.name !== one.name || other.app !== one.app || other.suite !== one.suite,
    ),
  );
  const statuses = found.statuses.filter(
    ({ context, creator }) =>
      matches(context) &&
      ((creator?.kind === "person" && wanted.by.includes(creator.login)) ||
        (creator?.kind === "bot" && (!wanted.app || creator.login === `${wanted.app}[bot]`))),
  );
  const last = statuses.filter((one) =>
    statuses.every(
      (other) =>
        other.id <= one.id || other.context !== one.context || other.creator?.login !== one.creator?.login,
    ),
  );
  const complete = newest.every((one) => {
    const its = found.suites.filter(({ id }) => id === one.suite);
    return its.length > 0 && its.every((suite) => suite.status === "completed");
  });
  return (
    newest.length + last.length > 0 &&
    newest.every((one) => one.status === "completed" && wanted.accept.includes(one.conclusion ?? "")) &&
    last.every((one) => one.state === "success") &&
    (complete || !pattern.includes("*"))
  );
}

describe("whatever GitHub tells", () => {
  test("a check by name or glob is green exactly when the contract says so", () => {
    let greens = 0;
    fc.assert(
      fc.property(
        anyRef.filter((wanted) => wanted.workflow === undefined),
        anyFacts,
        (wanted, found) => {
          const expected = green(wanted, found);
          greens += Number(expected);
          expect(decide(wanted, found).state === "green").toBe(expected);
        },
      ),
      runs2000,
    );
    expect(greens).toBeGreaterThan(50);
  });

  test("the order of the lists never matters", () => {
    const shuffled = anyFacts.chain((found) =>
      fc
        .tuple(
          fc.shuffledSubarray([...found.runs], { minLength: found.runs.length }),
          fc.shuffledSubarray([...found.suites], { minLength: found.suites.length }),
          fc.shuffledSubarray([...found.statuses], { minLength: found.statuses.length }),
          fc.shuffledSubarray([...found.workflows], { minLength: found.workflows.length }),
        )
        .map(([runs, suites, statuses, workflows]) => ({
          found,
          other: { runs, suites, statuses, workflows },
        })),
    );
    fc.assert(
      fc.property(anyRef, shuffled, (wanted, { found, other }) => {
        expect(decide(wanted, other)).toEqual(decide(wanted, found));
      }),
      runs2000,
    );
  });

  test("a page that is read twice never matters", () => {
    fc.assert(
      fc.property(anyRef, anyFacts, (wanted, found) => {
        const twice: CheckFacts = {
          runs: [...found.runs, ...found.runs],
          suites: [...found.suites, ...found.suites],
          statuses: [...found.statuses, ...found.statuses],
          workflows: [...found.workflows, ...found.workflows],
        };
        expect(decide(wanted, twice)).toEqual(decide(wanted, found));
      }),
      runs2000,
    );
  });

  test("a run of another name, suite and workflow never matters", () => {
    const other = fc.constantFrom("zzz", "E2E", "e2e ", "not unit (a)");
    fc.assert(
      fc.property(anyRef, anyFacts, other, ended, (wanted, found, name, end) => {
        fc.pre(wanted.name !== "*");
        const more = run(name, { id: 99, suite: 99, ...(end as Partial<CheckRun>) });
        const alien = status(name, { id: 99, state: "failure" });
        const wider = { ...found, runs: [...found.runs, more], statuses: [...found.statuses, alien] };
        expect(decide(wanted, wider).state).toBe(decide(wanted, found).state);
      }),
      runs2000,
    );
  });

  test("one newest run that is not accepted is enough never to be green", () => {
    fc.assert(
      fc.property(anyRef, anyFacts, anyRun, (wanted, found, bad) => {
        fc.pre(bad.app !== "release-checklist");
        const failing: CheckRun = { ...bad, name: "e2e", id: 99, status: "completed", conclusion: "failure" };
        const named = { ...wanted, name: "e2e", app: bad.app };
        const { workflow: _, ...plain } = named;
        expect(decide(plain, { ...found, runs: [...found.runs, failing] }).state).toBe("failed");
      }),
      runs2000,
    );
  });

  test("promise 6: people's statuses never change anything", () => {
    const states = fc.array(fc.constantFrom("success", "failure", "pending", "error"), { maxLength: 3 });
    fc.assert(
      fc.property(anyRef, anyFacts, states, (wanted, found, set) => {
        const statuses = set.flatMap((state, at) =>
          names.map((name) => status(name, { id: 50 + at, state, creator: person("mallory") })),
        );
        const wider = { ...found, statuses: [...found.statuses, ...statuses] };
        const [with_, without] = [decide(wanted, wider).state, decide(wanted, found).state];
        expect(with_ === "green").toBe(without === "green");
      }),
      runs2000,
    );
  });

  test("promise 6: this app's own runs and statuses never change anything", () => {
    fc.assert(
      fc.property(anyRef, anyFacts, fc.array(anyRun, { maxLength: 4 }), (wanted, found, more) => {
        const own = more.map((one) => ({ ...one, app: "release-checklist", suite: 77 }));
        const said = names.map((name) => status(name, { id: 70, creator: bot("release-checklist[bot]") }));
        const wider = { ...found, runs: [...found.runs, ...own], statuses: [...found.statuses, ...said] };
        expect(decide(wanted, wider)).toEqual(decide(wanted, found));
      }),
      runs2000,
    );
  });

  test("what is not green says why, in bounds", () => {
    fc.assert(
      fc.property(anyRef, anyFacts, (wanted, found) => {
        const outcome = decide(wanted, found);
        expect(outcome.diagnosis === "").toBe(outcome.state === "green");
        expect(outcome.summary.length).toBeGreaterThan(0);
        expect(outcome.diagnosis.length).toBeLessThan(1500);
        expect(outcome.evidence.length).toBeLessThanOrEqual(5);
      }),
      runs2000,
    );
  });
});

test("5,000 runs are gone through once, however many items ask", () => {
  const runs = Array.from({ length: 5_000 }, (_, id) => run(`job ${id % 2500}`, { id, suite: id % 40 }));
  let times = 0;
  const found: CheckFacts = {
    get runs() {
      times += 1;
      return runs;
    },
    suites: Array.from({ length: 40 }, (_, id) => suite(id)),
    statuses: [],
    workflows: Array.from({ length: 40 }, (_, id) => workflow("ci.yml", { id, suite: id })),
  };
  const wanted = ["job 7", "job 1*", "jobs 12"].flatMap((name) => [
    ref({ name }),
    ref({ name, workflow: "ci.yml" }),
  ]);
  for (let at = 0; at < 100; at++) decide(wanted[at % wanted.length] as CheckRef, found);
  expect(times).toBe(1);
});

test("an update that concerns no item leaves it as it stands", () => {
  let left = 0;
  fc.assert(
    fc.property(anyRef, anyFacts, anyUpdate, (wanted, before, update) => {
      const after = withUpdate(before, update);
      if (after === null || mayConcern(wanted, update, after)) return;
      left += 1;
      expect(decide(wanted, after).state).toBe(decide(wanted, before).state);
    }),
    { numRuns: 2_000 },
  );
  expect(left).toBeGreaterThan(300);
});
