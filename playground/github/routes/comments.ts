import { atLeast, roleOf } from "../access.ts";
import { addComment, deleteComment, editComment, react } from "../actions/comments.ts";
import { forbidden, notFound } from "../errors.ts";
import { commentJson, reactionJson } from "../json/issue.ts";
import type { Comment, Reaction } from "../model.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, issueOf, noContent, ok, page, type Routes, text } from "../routing.ts";
import { read, write } from "./issue-guards.ts";

export function commentRoutes(routes: Routes): void {
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
