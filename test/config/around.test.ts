import { describe, expect, test } from "@jest/globals";
import { findAround, namedIn } from "../../src/domain/config/around/find.ts";
import type { Surroundings } from "../../src/domain/config/around/surroundings.ts";
import { read, unreadable } from "../../src/domain/problem.ts";

const text = `checklist:
  checks:
    ci: { workflow: ci.yml, name: build }
  extends: default
  may:
    override: "@acme/sre"
    waive: [octocat, "@acme/leads", role:write]
  items:
    - id: e2e
      title: E2E
      check: e2e
    - id: staging
      title: Staging
      deployment: { environment: "stag*" }
    - id: watch
      title: Watched
      phase: after-deploy
      wait: { for: 30m, environment: production }
    - id: tell
      title: Tell
      notify: { to: [ops, "@acme/all", "@bea"] }
      signers: { from: "@acme/sre" }
`;

/** Everything that the file names is there. */
const there: Surroundings = {
  owner: "acme",
  targets: new Set(["ops"]),
  teams: new Map(["acme/sre", "acme/leads", "acme/all"].map((team) => [team, read(true)])),
  environments: read(["staging", "Production"]),
  workflows: read(["ci.yml"]),
  checks: read({ names: new Set(["build", "e2e"]), pulls: 10, base: "main" }),
};

const refused = unreadable("the thing", "the app may not");

const found = (around: Partial<Surroundings>): string[] =>
  findAround(text, "release.yml", { ...there, ...around }).map(
    ({ severity, line, column, key, message }) => `${severity} ${line}:${column} ${key} — ${message}`,
  );

test("what a file names, in its order", () => {
  expect(namedIn(text).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "check build",
    "workflow ci.yml",
    "team acme/sre",
    "team acme/leads",
    "check e2e",
    "environment stag*",
    "environment production",
    "target ops",
    "team acme/all",
    "team acme/sre",
  ]);
});

test("nothing is named where nothing can be read", () => {
  expect(namedIn("checklist: [")).toEqual([]);
  expect(namedIn("changelog: {}")).toEqual([]);
  expect(namedIn("checklist: { items: 1 }")).toEqual([]);
});

describe("what is found around a file", () => {
  test.each<[string, Partial<Surroundings>, string[]]>([
    ["nothing where all is there", {}, []],
    [
      "nothing where nobody asked",
      { targets: null, teams: new Map(), environments: null, workflows: null, checks: null },
      [],
    ],
    [
      "teams, each at its place",
      { teams: new Map([["acme/sre", read(false)]]) },
      [
        'error 6:15 checklist.may.override — There is no team "@acme/sre", or it is secret and the app may not see it: nobody could sign as its member',
        'error 22:24 checklist.items[3].signers.from — There is no team "@acme/sre", or it is secret and the app may not see it: nobody could sign as its member',
      ],
    ],
    [
      "teams of others",
      { owner: "other", teams: new Map([["acme/leads", read(false)]]) },
      [
        'warning 7:22 checklist.may.waive[1] — Whether there is a team "@acme/leads" cannot be seen: it belongs to another organisation than other',
      ],
    ],
    [
      "teams that may not be read",
      { teams: new Map([["acme/all", refused]]) },
      [
        'warning 21:27 checklist.items[3].notify.to[1] — Whether there is a team "@acme/all" cannot be seen: the app may not',
      ],
    ],
    [
      "a target near another one",
      { targets: new Set(["opps", "all"]) },
      [
        'error 21:22 checklist.items[3].notify.to[0] — The server knows no target "ops" for acme (did you mean "opps"?)',
      ],
    ],
    [
      "a target far from the others",
      { targets: new Set(["stakeholders", "engineers"]) },
      [
        'error 21:22 checklist.items[3].notify.to[0] — The server knows no target "ops" for acme: it knows engineers and stakeholders',
      ],
    ],
    [
      "no targets at all",
      { targets: new Set() },
      [
        'error 21:22 checklist.items[3].notify.to[0] — The server knows no target "ops" for acme: it knows none, so ask whoever runs the app',
      ],
    ],
    [
      "environments",
      { environments: read(["prodction", "uat"]) },
      [
        'error 14:34 checklist.items[1].deployment.environment — No environment matches "stag*": there is prodction and uat',
        'error 18:38 checklist.items[2].wait.environment — There is no environment "production" (did you mean "prodction"?)',
      ],
    ],
    [
      "no environments",
      { environments: read([]) },
      [
        'error 14:34 checklist.items[1].deployment.environment — No environment matches "stag*": the repository has none',
        'error 18:38 checklist.items[2].wait.environment — There is no environment "production": the repository has none',
      ],
    ],
    [
      "environments that may not be read",
      { environments: refused },
      [
        'warning 14:34 checklist.items[1].deployment.environment — Whether there is an environment "stag*" cannot be seen: the app may not',
        'warning 18:38 checklist.items[2].wait.environment — Whether there is an environment "production" cannot be seen: the app may not',
      ],
    ],
    [
      "workflows",
      { workflows: read(["cy.yml"]) },
      [
        'warning 3:21 checklist.checks.ci.workflow — There is no workflow file "ci.yml" in .github/workflows here (did you mean "cy.yml"?)',
      ],
    ],
    [
      "workflows that may not be read",
      { workflows: refused },
      [
        'warning 3:21 checklist.checks.ci.workflow — Whether there is a workflow file "ci.yml" cannot be seen: the app may not',
      ],
    ],
    [
      "checks",
      { checks: read({ names: new Set(["build", "e3e"]), pulls: 10, base: "main" }) },
      [
        'warning 11:14 checklist.items[0].check — No check "e2e" was seen on main or the last 10 pull requests (did you mean "e3e"?): until one reports, the item waits',
      ],
    ],
    [
      "checks with no pull request yet",
      { checks: read({ names: new Set(["e2e"]), pulls: 0, base: "dev" }) },
      [
        'warning 3:35 checklist.checks.ci.name — No check "build" was seen on dev: until one reports, the item waits',
      ],
    ],
    [
      "checks that may not be read",
      { checks: refused },
      [
        'warning 3:35 checklist.checks.ci.name — Whether there is a check "build" cannot be seen: the app may not',
        'warning 11:14 checklist.items[0].check — Whether there is a check "e2e" cannot be seen: the app may not',
      ],
    ],
  ])("%s", (_what, around, lines) => expect(found(around)).toEqual(lines));
});
