import { atLeast, roleOf } from "../access.ts";
import {
  addComment,
  addLabels,
  assign,
  createLabel,
  deleteComment,
  editComment,
  editText,
  openIssue,
  react,
  removeLabel,
  unassign,
} from "../actions/issues.ts";
import { closeIssue, reopenIssue } from "../actions/pulls.ts";
import { forbidden, notFound, unprocessable } from "../errors.ts";
import { commentJson, issueJson, labelJson, reactionJson } from "../json/issue.ts";
import type { Account, Comment, Issue, Reaction } from "../model.ts";
import type { Guard, RepoCall } from "../router.ts";
import { checkFields, created, issueOf, noContent, ok, page, type Routes, text } from "../routing.ts";
import { mayEdit } from "./pulls.ts";

/** A pull request is an issue too: either permission opens these routes. */
const read: Guard = {
  needs: [
    ["issues", "read"],
    ["pull_requests", "read"],
  ],
};
const write: Guard = {
  needs: [
    ["issues", "write"],
    ["pull_requests", "write"],
  ],
};
const triage: Guard = { ...write, role: "triage" };

const names = (list: unknown): string[] =>
  (Array.isArray(list) ? list : []).map((one) =>
    typeof one === "string" ? one : String((one as { name?: unknown }).name),
  );

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
    const found = [...call.repo.issues.values()].filter(
      (issue) =>
        (state === "all" || issue.state === state) &&
        (creator === null || issue.user.login === creator) &&
        labels.every((name) => issue.labels.some((label) => label.name === name)),
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

  commentRoutes(routes);
  labelRoutes(routes);

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

function commentRoutes(routes: Routes): void {
  const { world } = routes;
  const commentOf = (call: RepoCall): Comment => {
    const comment = call.repo.comments.get(Number(call.params.id));
    if (!comment) throw notFound();
    return comment;
  };
  /** People with write access may change the comments of others, and those of apps. */
  const mayChange = (call: RepoCall, comment: Comment): void => {
    if (call.actor.account === comment.user || atLeast(roleOf(call.repo, call.actor.account), "write"))
      return;
    if (call.caller.kind === "installation") return;
    throw forbidden("Must have write access to change this comment.");
  };
  const since = (call: RepoCall, comments: readonly Comment[]): Comment[] => {
    const from = call.query.get("since");
    return comments.filter((comment) => from === null || Date.parse(comment.updatedAt) >= Date.parse(from));
  };

  routes.repo("GET", "/issues/{number}/comments", read, (call) =>
    page(call, since(call, issueOf(call).comments), (comment) => commentJson(world, comment)),
  );

  routes.repo("POST", "/issues/{number}/comments", write, (call) => {
    checkFields(call.body, { body: "string" }, ["body"]);
    return created(
      commentJson(world, addComment(world, issueOf(call), text(call.body, "body") as string, call.actor)),
    );
  });

  routes.repo("GET", "/issues/comments", read, (call) =>
    page(call, since(call, [...call.repo.comments.values()]), (comment) => commentJson(world, comment)),
  );

  routes.repo("GET", "/issues/comments/{id}", read, (call) => ok(commentJson(world, commentOf(call))));

  routes.repo("PATCH", "/issues/comments/{id}", write, (call) => {
    const comment = commentOf(call);
    checkFields(call.body, { body: "string" }, ["body"]);
    mayChange(call, comment);
    editComment(world, comment, text(call.body, "body") as string, call.actor);
    return ok(commentJson(world, comment));
  });

  routes.repo("DELETE", "/issues/comments/{id}", write, (call) => {
    const comment = commentOf(call);
    mayChange(call, comment);
    deleteComment(world, comment, call.actor);
    return noContent();
  });

  const reactions = (path: string, of: (call: RepoCall) => { reactions: Reaction[] }) => {
    routes.repo("GET", `${path}/reactions`, read, (call) => {
      const content = call.query.get("content");
      const found = of(call).reactions.filter((one) => content === null || one.content === content);
      return page(call, found, (reaction) => reactionJson(world, reaction));
    });
    routes.repo("POST", `${path}/reactions`, write, (call) => {
      checkFields(call.body, { content: "string" }, ["content"]);
      const [reaction, fresh] = react(
        world,
        of(call),
        text(call.body, "content") as string,
        call.actor.account,
      );
      return ok(reactionJson(world, reaction), fresh ? 201 : 200);
    });
    routes.repo("DELETE", `${path}/reactions/{reaction}`, write, (call) => {
      const target = of(call);
      const index = target.reactions.findIndex((one) => one.id === Number(call.params.reaction));
      if (index < 0) throw notFound();
      target.reactions.splice(index, 1);
      return noContent();
    });
  };
  reactions("/issues/comments/{id}", commentOf);
  reactions("/issues/{number}", (call) => issueOf(call));
}

function labelRoutes(routes: Routes): void {
  const { world } = routes;
  const shown = (call: RepoCall, issue: Issue) =>
    page(call, issue.labels, (label) => labelJson(world, call.repo, label));

  routes.repo("GET", "/labels", read, (call) =>
    page(call, [...call.repo.labels.values()], (label) => labelJson(world, call.repo, label)),
  );

  routes.repo("POST", "/labels", { ...write, role: "write" }, (call) => {
    checkFields(call.body, { name: "string", color: "string", description: "string" }, ["name"]);
    const name = text(call.body, "name") as string;
    if (call.repo.labels.has(name.toLowerCase())) {
      throw unprocessable("Validation Failed", [
        { resource: "Label", code: "already_exists", field: "name" },
      ]);
    }
    const label = createLabel(
      world,
      call.repo,
      name,
      call.actor,
      text(call.body, "color"),
      text(call.body, "description"),
    );
    return created(labelJson(world, call.repo, label));
  });

  routes.repo("GET", "/issues/{number}/labels", read, (call) => shown(call, issueOf(call)));

  routes.repo("POST", "/issues/{number}/labels", triage, (call) => {
    const issue = issueOf(call);
    checkFields(call.body, { labels: "array" });
    addLabels(world, issue, names(call.body.labels), call.actor);
    return shown(call, issue);
  });

  routes.repo("DELETE", "/issues/{number}/labels/{name}", triage, (call) => {
    const issue = issueOf(call);
    if (!removeLabel(world, issue, call.params.name as string, call.actor)) throw notFound();
    return shown(call, issue);
  });
}
