import { assign, editText, openIssue, unassign } from "../actions/issues.ts";
import { addLabels, removeLabel } from "../actions/labels.ts";
import { closeIssue, reopenIssue } from "../actions/pulls.ts";
import { forbidden } from "../errors.ts";
import { issueJson } from "../json/issue.ts";
import type { Account } from "../model.ts";
import { checkFields, created, issueOf, ok, page, type Routes, text } from "../routing.ts";
import { names, read, triage, write } from "./issue-guards.ts";
import { mayEdit } from "./pulls.ts";

export function issueRoutes(routes: Routes): void {
  const { world } = routes;
  const accounts = (list: unknown): Account[] =>
    names(list)
      .map((login) => world.account(login))
      .filter((one) => one !== undefined);

  routes.repo("GET", "/issues", read, (call) => {
    const state = call.query.get("state") ?? "open";
    const labels = call.query.get("labels")?.split(",") ?? [];
    const creator = call.query.get("creator");
    const since = call.query.get("since");
    const found = [...call.repo.issues.values()].filter(
      (issue) =>
        (state === "all" || issue.state === state) &&
        (creator === null || issue.user.login === creator) &&
        (since === null || Date.parse(issue.updatedAt) >= Date.parse(since)) &&
        labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())),
    );
    return page(call, found.reverse(), (issue) => issueJson(world, issue));
  });

  routes.repo("POST", "/issues", { needs: [["issues", "write"]] }, (call) => {
    const { body } = call;
    checkFields(
      body,
      {
        title: "any",
        body: "string",
        labels: "array",
        assignees: "array",
        assignee: "string",
        milestone: "any",
        type: "string",
      },
      ["title"],
    );
    const issue = openIssue(
      world,
      call.repo,
      { title: String(body.title), body: text(body, "body") ?? "" },
      call.actor,
    );
    addLabels(world, issue, names(body.labels), call.actor);
    assign(world, issue, accounts(body.assignees), call.actor);
    return created(issueJson(world, issue));
  });

  routes.repo("GET", "/issues/{number}", read, (call) => ok(issueJson(world, issueOf(call))));

  routes.repo("PATCH", "/issues/{number}", write, (call) => {
    const issue = issueOf(call);
    const { body } = call;
    checkFields(body, {
      title: "any",
      body: "string",
      state: "string",
      state_reason: "string",
      labels: "array",
      assignees: "array",
      assignee: "string",
      milestone: "any",
      type: "string",
    });
    if (!mayEdit(call, issue.user)) throw forbidden("Must have write access to edit this issue.");
    const fields = Object.fromEntries(
      (["title", "body"] as const)
        .filter((key) => body[key] !== undefined)
        .map((key) => [key, String(body[key] ?? "")]),
    );
    editText(world, issue, fields, call.actor);
    if (Array.isArray(body.labels)) {
      const wanted = names(body.labels);
      for (const label of issue.labels)
        if (!wanted.includes(label.name)) removeLabel(world, issue, label.name, call.actor);
      addLabels(world, issue, wanted, call.actor);
    }
    if (Array.isArray(body.assignees)) {
      const wanted = accounts(body.assignees);
      unassign(
        world,
        issue,
        issue.assignees.filter((one) => !wanted.includes(one)),
        call.actor,
      );
      assign(world, issue, wanted, call.actor);
    }
    if (body.state === "closed") closeIssue(world, issue, call.actor);
    if (body.state === "open") reopenIssue(world, issue, call.actor);
    return ok(issueJson(world, issue));
  });

  routes.repo("POST", "/issues/{number}/assignees", triage, (call) => {
    const issue = issueOf(call);
    checkFields(call.body, { assignees: "array" });
    assign(world, issue, accounts(call.body.assignees), call.actor);
    return created(issueJson(world, issue));
  });

  routes.repo("DELETE", "/issues/{number}/assignees", triage, (call) => {
    const issue = issueOf(call);
    unassign(world, issue, accounts(call.body.assignees), call.actor);
    return ok(issueJson(world, issue));
  });
}
