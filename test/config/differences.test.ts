import { describe, expect, test } from "@jest/globals";
import { differences } from "../../src/domain/config/differences.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";

function read(text: string) {
  const config = readConfig(
    `checklist:\n${text.replace(/^(?=.)/gm, "  ")}`,
    "release.yml",
    builtInTemplates(),
  );
  if (config.kind !== "valid") throw new Error(JSON.stringify(config.findings));
  return config.checklist;
}

const changes = (before: string, after: string): string[] => differences(read(before), read(after), "main");

const items = (...lines: string[]): string => `items:\n${lines.map((line) => `  - { ${line} }\n`).join("")}`;
const go = "id: go, title: Go";

describe("what changes in the rules of the whole", () => {
  test.each([
    ["nothing", "range: auto\n", "", []],
    [
      "a trial begins",
      "",
      "enforcement: evaluate\n",
      ["Only a trial from now on: nothing is blocked any more"],
    ],
    [
      "a trial ends",
      "enforcement: evaluate\n",
      "",
      ["The trial ends: from now on releases are blocked until every item is done"],
    ],
    [
      "release rules",
      "release: [{ base: production }, { labels: release }]\n",
      "release: [{ base: [main, dev], head: release/** }, { labels: release }]\n",
      [
        "No release any more: what goes into production",
        "A release from now on: what goes into main, dev, from release/**",
      ],
    ],
    [
      "a base that is the default branch anyway",
      "release: [{ labels: a }]\n",
      "release: [{ base: main, labels: a }]\n",
      [],
    ],
    [
      "rights",
      "",
      'may: { override: ["@acme/leads"], waive: [octocat, "role:write"] }\n',
      [
        "The whole gate may be overridden by @acme/leads (before: an admin)",
        "Items may be waived by @octocat or anyone with write access (before: an admin)",
      ],
    ],
    ["the range", "", "range: base\n", ["The range of a release is base (before: auto)"]],
    [
      "who is asked and who waits",
      "",
      "request-signers: true\nfreeze-base: true\n",
      [
        "Those who owe a signature are asked in a comment from now on",
        "Other pull requests wait while a ready release into their base is open",
      ],
    ],
    [
      "who is asked and who waits no longer",
      "request-signers: true\nfreeze-base: true\n",
      "",
      [
        "Those who owe a signature are not asked in a comment any more",
        "Other pull requests do not wait for a ready release any more",
      ],
    ],
    [
      "groups",
      "",
      "groups: [{ title: Go, expects: All is well }, { title: Then }]\n",
      ["The groups are Go (All is well), Then (before: none)"],
    ],
  ])("%s", (_what, before, after, lines) => {
    expect(changes(before + items(go), after + items(go))).toEqual(lines);
  });
});

describe("what changes of the items", () => {
  test.each([
    [
      "one more",
      [go],
      [go, "id: ci, title: CI, check: { workflow: ci.yml }"],
      ["Added: CI (ci), decided by the workflow ci.yml"],
    ],
    [
      "one more, sometimes and after the merge",
      [go],
      [go, "id: tag, title: Tagged, tag: v*, phase: after-deploy, when: { base: main }, required: false"],
      [
        "Added: Tagged (tag), decided by a tag v* that holds the merge, when it goes into main, due after the deployment, does not block",
      ],
    ],
    [
      "one less",
      [go, "id: old, title: Old, assigned: true"],
      [go],
      ["Removed: Old (old), decided by whom the pull request is assigned to"],
    ],
    ["the title", [go], ["id: go, title: Go on"], ['Changed: Go on (go): titled "Go on" (before: "Go")']],
    [
      "who signs",
      [go],
      ['id: go, title: Go, signers: { from: "@acme/sre", not: author, count: 2 }'],
      [
        "Changed: Go (go): signed by @acme/sre, not the author, 2 people (before: signed by anyone with write access)",
      ],
    ],
    [
      "how it is decided",
      [go],
      [
        "id: go, title: Go, check: { name: e2e, workflow: e2e.yml, app: github-actions, accept: [success, skipped], by: bot }",
      ],
      [
        'Changed: Go (go): decided by the workflow e2e.yml, its job "e2e" of github-actions, green with success or skipped, also of @bot (before: signed by anyone with write access)',
      ],
    ],
    [
      "when it applies",
      [go],
      ["id: go, title: Go, when: { paths: [db/**, a], labels: risky, migrations: risky }"],
      [
        "Changed: Go (go): applies when the release changes db/**, a, and it carries the label risky, and its migrations are risky (before: always)",
      ],
    ],
    [
      "whether it blocks",
      [go],
      ["id: go, title: Go, required: false"],
      ["Changed: Go (go): does not block any more"],
    ],
    [
      "that it blocks",
      ["id: go, title: Go, required: false"],
      [go],
      ["Changed: Go (go): blocks from now on"],
    ],
    [
      "questions",
      [go],
      ["id: go, title: Go, questions: { code: How back? }"],
      ["Changed: Go (go): asks How back? (code) (before: nothing)"],
    ],
    [
      "what ends a sign-off",
      ["id: go, title: Go, dismiss-stale: true"],
      ["id: go, title: Go, dismiss-stale: [db/**]"],
      ["Changed: Go (go): a sign-off ends with a change of db/** (before: any change)"],
    ],
    [
      "the deployment",
      ["id: go, title: Go, deployment: { environment: staging }"],
      ["id: go, title: Go, deployment: { environment: uat, ignore: a.md, by: bea }"],
      [
        "Changed: Go (go): decided by the deployment to uat, whatever differs in a.md, also of @bea (before: decided by the deployment to staging)",
      ],
    ],
    [
      "the window",
      ["id: go, title: Go, window: { timezone: UTC }"],
      [
        "id: go, title: Go, window: { timezone: UTC, open: Tue-Thu 10:00-14:00, warn: Mon, closed: [{ from: 2026-12-20, through: 2027-01-03 }, { from: 2027-05-01 }] }",
      ],
      [
        "Changed: Go (go): decided by the time: open Tue,Wed,Thu 10:00-14:00, with a warning Mon 00:00-24:00, closed 2026-12-20 to 2027-01-03, 2027-05-01, UTC (before: decided by the time: open at all times, UTC)",
      ],
    ],
    [
      "the announcement",
      ["id: go, title: Go, notify: {}"],
      ["id: go, title: Go, notify: { to: [ops, '@acme/all'], post: when-ready }"],
      [
        "Changed: Go (go): announced to ops, @acme/all when all else is done (before: announced to a comment when ticked by anyone with write access)",
      ],
    ],
    ["the help", [go], ["id: go, title: Go, help: Now"], ["Changed: Go (go): its help text changes"]],
    ["the order", [go, "id: b, title: B"], ["id: b, title: B", go], ["The order of the items changes"]],
    [
      "another order by one more",
      [go],
      ["id: b, title: B", go],
      ["Added: B (b), signed by anyone with write access"],
    ],
  ])("%s", (_what, before, after, lines) => {
    expect(changes(items(...before), items(...after))).toEqual(lines);
  });
});
