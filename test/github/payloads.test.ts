import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { createGitHub, type Delivery } from "../../playground/github/index.ts";
import { differences } from "./conform.ts";

interface Recorded {
  name: string;
  examples: Array<Record<string, unknown>>;
}

const recordings = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples"), "utf8"),
) as Recorded[];

const EVENTS = [
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "issue_comment",
  "issues",
  "label",
  "member",
  "membership",
  "merge_group",
  "organization",
  "pull_request",
  "push",
  "repository",
  "status",
  "team",
  "workflow_run",
];

/** Plays one of everything and returns what an app with all permissions was told. */
async function play(): Promise<Delivery[]> {
  const seen: Delivery[] = [];
  const github = createGitHub({
    clock: () => new Date("2026-03-02T10:00:00.789Z"),
    sink: async (delivery) => {
      seen.push(delivery);
      return 200;
    },
  });
  const names = [
    "actions",
    "administration",
    "checks",
    "contents",
    "deployments",
    "issues",
    "members",
    "merge_queues",
  ];
  const permissions = Object.fromEntries(
    [...names, "pull_requests", "statuses"].map((name) => [name, "write" as const]),
  );
  const app = github.app({ slug: "watcher", permissions, events: EVENTS });
  github.org("acme", { owners: ["olga"] });
  const repo = github.repo("acme/shop", {
    collaborators: { alice: "write", bob: "write" },
    branches: ["next", "queued"],
  });
  const installation = repo.installApp(app);
  github.repo("acme/second").installApp(app);
  github.repo("acme/second").removeApp(app);

  repo.push("work", { files: { "a.txt": "a\n", "README.md": "changed\n" }, by: "alice" });
  const pull = repo.openPull({ by: "alice", head: "work", body: "one" });
  pull.edit({ by: "bob", body: "two" });
  pull.edit({ by: "bob", title: "Better" });
  pull.edit({ by: "bob", base: "next" });
  pull.label("bug", { by: "bob" });
  pull.unlabel("bug", { by: "bob" });
  pull.assign("bob", { by: "alice" });
  pull.unassign("bob", { by: "alice" });
  pull.toDraft({ by: "alice" });
  pull.ready({ by: "alice" });
  pull.close({ by: "alice" });
  pull.reopen({ by: "alice" });
  repo.push("work", { files: { "b.txt": "b\n" }, deletes: ["a.txt"], by: "alice" });

  const run = repo.checkRun({
    app: "watcher",
    name: "check",
    sha: "work",
    actions: [{ label: "Go", description: "Goes", identifier: "go" }],
  });
  run.complete("failure");
  run.requestAction("go", { by: "bob" });
  run.rerequest({ by: "bob" });
  for (const suite of repo.checkSuites("work"))
    if (suite.record.app === run.record.app) suite.rerequest({ by: "bob" });
  repo.workflowRun({
    path: ".github/workflows/ci.yml",
    sha: "work",
    jobs: { unit: "success" },
    conclusion: "success",
  });
  repo.status({ sha: "work", context: "ci/old", state: "success", by: "bob" });
  repo.deploy("work", { environment: "staging", by: "bob" }).status("success");

  const comment = pull.comment({ by: "bob", body: "hello" });
  comment.edit({ body: "hello again" });
  comment.delete();
  const issue = repo.openIssue({ by: "bob", title: "Broken" });
  issue.edit({ by: "bob", body: "more" });
  issue.label("bug", { by: "bob" });
  issue.close({ by: "bob" });
  issue.reopen({ by: "bob" });

  repo.ruleset({ branches: ["queued"], mergeQueue: true, requiredChecks: ["gate"] });
  repo.push("feature", { files: { "c.txt": "c\n" }, by: "alice", from: "queued" });
  const queued = repo.openPull({ by: "alice", head: "feature", base: "queued" });
  repo.checkRun({ name: "gate", sha: "feature", conclusion: "success" });
  queued.enqueue({ by: "alice" });
  repo.checkRun({ name: "gate", sha: queued.group?.headSha as string, conclusion: "success" });
  pull.merge({ by: "bob" });
  repo.deleteBranch("work", { by: "bob" });
  repo.tag("v1", "main", { by: "bob" });
  repo.rename("store", { by: "olga" });
  repo.setDefaultBranch("next", { by: "olga" });
  repo.archive(true, { by: "olga" });
  repo.renameLabel("bug", "defect", { by: "olga" });
  repo.deleteLabel("defect", { by: "olga" });
  github.team("acme/sre", ["sam"], { maintainers: ["bob"] });
  for (const role of ["write", "admin", "none"] as const) {
    repo.setRole("newcomer", role);
    repo.setTeamRole("sre", role);
  }
  github.removeFromTeam("acme/sre", "bob");
  github.removeFromOrg("acme", "sam");
  github.grant(installation, permissions);
  github.suspend(installation);
  github.org("umbrella");
  github.user("uma");
  const moved = github.repo("uma/moving");
  github.install(app, "uma");
  github.install(app, "umbrella");
  moved.transfer("umbrella", { by: "olga" });
  await github.webhooks.idle();
  return seen;
}

/** What the fake leaves out on purpose, or has where the recording shows something that GitHub no longer sends. */
const LEFT_OUT: Record<string, readonly string[]> = {
  // An app's permissions differ in each recording; the others are objects or null.
  "*": ["*.permissions", "*.assignee", "*.milestone", "*.license"],
  check_run: ["check_run.deployment"], // only of jobs that deploy
  "installation.suspend": ["installation.created_at", "installation.updated_at"], // text only in this recording
  "label.edited": ["changes.color"], // the recording changes another thing
  "repository.edited": ["changes.description"],
};

const key = (event: string, action: unknown) => (typeof action === "string" ? `${event}.${action}` : event);

describe("payloads", () => {
  test("have the keys and types of the recorded ones", async () => {
    const deliveries = await play();
    const compared = new Set<string>();
    const problems: string[] = [];
    for (const { event, action, payload } of deliveries) {
      const recorded = recordings.find((one) => one.name === event)?.examples ?? [];
      const same = recorded.find((one) => (one.action ?? null) === action);
      const example = same ?? recorded[0];
      if (!example || compared.has(key(event, action))) continue;
      compared.add(key(event, action));
      const left = new Set([
        ...(LEFT_OUT[key(event, action)] ?? []),
        ...(LEFT_OUT[event] ?? []),
        ...(LEFT_OUT["*"] ?? []),
      ]);
      if (!same) left.add("changes").add("label").add("assignee");
      for (const line of differences(example, JSON.parse(JSON.stringify(payload)), left)) {
        problems.push(`${key(event, action)} ${line}`);
      }
    }
    expect(problems).toEqual([]);
    expect([...compared].sort()).toMatchInlineSnapshot(`
[
  "check_run.completed",
  "check_run.created",
  "check_run.requested_action",
  "check_run.rerequested",
  "check_suite.completed",
  "check_suite.requested",
  "check_suite.rerequested",
  "create",
  "delete",
  "deployment.created",
  "deployment_status.created",
  "installation.created",
  "installation.new_permissions_accepted",
  "installation.suspend",
  "installation_repositories.added",
  "installation_repositories.removed",
  "issue_comment.created",
  "issue_comment.deleted",
  "issue_comment.edited",
  "issues.closed",
  "issues.edited",
  "issues.labeled",
  "issues.opened",
  "issues.reopened",
  "label.created",
  "label.deleted",
  "label.edited",
  "member.added",
  "member.edited",
  "member.removed",
  "membership.added",
  "membership.removed",
  "merge_group.checks_requested",
  "merge_group.destroyed",
  "organization.member_added",
  "organization.member_removed",
  "pull_request.assigned",
  "pull_request.closed",
  "pull_request.converted_to_draft",
  "pull_request.edited",
  "pull_request.enqueued",
  "pull_request.labeled",
  "pull_request.opened",
  "pull_request.ready_for_review",
  "pull_request.reopened",
  "pull_request.synchronize",
  "pull_request.unassigned",
  "pull_request.unlabeled",
  "push",
  "repository.archived",
  "repository.edited",
  "repository.renamed",
  "repository.transferred",
  "status",
  "team.added_to_repository",
  "team.created",
  "team.edited",
  "team.removed_from_repository",
  "workflow_run.completed",
  "workflow_run.in_progress",
  "workflow_run.requested",
]
`);
  });
});
