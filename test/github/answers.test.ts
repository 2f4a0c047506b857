import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "@jest/globals";
import { differences } from "./conform.ts";
import { setUp } from "./setup.ts";

type Shape = Record<string, unknown>;

const recordings = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples"), "utf8"),
) as Array<{ name: string; examples: Shape[] }>;

/** An object as an event recorded it; REST answers with the same one. */
function recorded(event: string, name: string): Shape {
  const found = recordings.find((one) => one.name === event)?.examples.find((example) => name in example);
  return found?.[name] as Shape;
}

const nullable = ["*.permissions", "*.assignee", "*.milestone", "*.license"];

test("the answers of REST have the keys and types of recorded objects", async () => {
  const { kit, at, repo, pull, installation, appKit } = setUp();
  const { data: run } = await kit.rest.checks.create({
    ...at,
    name: "gate",
    head_sha: pull.headSha,
    conclusion: "success",
  });
  const workflow = repo.workflowRun({
    path: ".github/workflows/ci.yml",
    sha: pull.headSha,
    jobs: { unit: "success" },
    conclusion: "success",
  });
  const comment = pull.comment({ by: "bob", body: "hi" });
  const deployment = repo.deploy(pull.headSha, { environment: "staging", by: "bob" }).status("success");
  pull.label("bug", { by: "bob" });
  repo.release("v1", { by: "bob" });
  const one = { ...at, per_page: 1 };

  const answers: Array<[string, unknown, Shape, string[]]> = [
    [
      "pull",
      (await kit.rest.pulls.get({ ...at, pull_number: 1 })).data,
      recorded("pull_request", "pull_request"),
      [],
    ],
    ["check run", run, recorded("check_run", "check_run"), ["check_suite", "deployment"]],
    [
      "check suite",
      (await kit.rest.checks.listSuitesForRef({ ...at, ref: pull.headSha })).data.check_suites[0],
      recorded("check_suite", "check_suite"),
      [],
    ],
    [
      "workflow run",
      (await kit.rest.actions.getWorkflowRun({ ...at, run_id: workflow.id })).data,
      recorded("workflow_run", "workflow_run"),
      [],
    ],
    [
      "workflow",
      (await kit.rest.actions.listRepoWorkflows(one)).data.workflows[0],
      recorded("workflow_run", "workflow"),
      [],
    ],
    ["repository", (await kit.rest.repos.get(at)).data, recorded("check_run", "repository"), []],
    [
      "user",
      (await kit.rest.users.getByUsername({ username: "alice" })).data,
      recorded("check_run", "sender"),
      [],
    ],
    [
      "issue",
      (await kit.rest.issues.get({ ...at, issue_number: 1 })).data,
      recorded("issue_comment", "issue"),
      [],
    ],
    [
      "comment",
      (await kit.rest.issues.getComment({ ...at, comment_id: comment.id })).data,
      recorded("issue_comment", "comment"),
      [],
    ],
    [
      "deployment",
      (await kit.rest.repos.getDeployment({ ...at, deployment_id: deployment.id })).data,
      recorded("deployment", "deployment"),
      [],
    ],
    [
      "deployment status",
      (await kit.rest.repos.listDeploymentStatuses({ ...at, deployment_id: deployment.id })).data[0],
      recorded("deployment_status", "deployment_status"),
      [],
    ],
    ["label", (await kit.rest.issues.listLabelsForRepo(at)).data[0], recorded("label", "label"), []],
    [
      "commit",
      (await kit.rest.repos.getCommit({ ...at, ref: "main" })).data,
      recorded("status", "commit"),
      ["commit.verification"],
    ],
    ["release", (await kit.rest.repos.getLatestRelease(at)).data, recorded("release", "release"), []],
    [
      "installation",
      (await appKit.rest.apps.getInstallation({ installation_id: installation.id })).data,
      recorded("installation", "installation"),
      ["created_at", "updated_at"], // seconds in events, text in REST
    ],
  ];
  const problems = answers.flatMap(([name, answer, example, left]) =>
    differences(example, answer, new Set([...nullable, ...left])).map((line) => `${name} ${line}`),
  );
  expect(problems).toEqual([]);
  expect(answers.every(([, answer, example]) => Boolean(answer && example))).toBe(true);
});
