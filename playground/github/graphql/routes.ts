import { actorOf, atLeast, botOf, roleOf } from "../access.ts";
import { setDraft } from "../actions/pulls.ts";
import { dequeue, enqueue } from "../actions/queue.ts";
import type { Caller } from "../auth.ts";
import { ApiError, Refused, unauthorized } from "../errors.ts";
import type { Actor, Pull, Repo } from "../model.ts";
import { allows } from "../permissions.ts";
import { ok, type Routes } from "../routing.ts";
import { covers, type World } from "../world.ts";
import { type Args, execute, type GraphObject, GraphProblem } from "./execute.ts";
import { actorObject, type GraphContext, pullObject, repositoryObject } from "./objects.ts";

function visible(caller: Caller, repo: Repo): boolean {
  if (caller.kind === "installation") return !repo.private || covers(caller.installation, repo);
  return caller.kind === "user" && roleOf(repo, caller.account) !== "none";
}

function viewerOf(caller: Caller): Actor {
  if (caller.kind === "user") return actorOf(caller.account);
  if (caller.kind === "installation") return botOf(caller.app);
  throw unauthorized("This endpoint requires you to be authenticated.");
}

/** Fields that need more than seeing the repository; the app's permission opens them. */
function guarded(caller: Caller, repository: GraphObject): GraphObject {
  if (caller.kind !== "installation" || allows(caller.permissions, "pull_requests", "read"))
    return repository;
  const refuse = () => {
    throw new GraphProblem("FORBIDDEN", "Resource not accessible by integration");
  };
  return {
    ...repository,
    fields: { ...repository.fields, pullRequest: refuse, pullRequests: refuse, mergeQueue: refuse },
  };
}

function pullById(world: World, id: unknown): Pull {
  const number = Number(Buffer.from(String(id), "base64").toString().replace("PullRequest:", ""));
  for (const repo of world.repos.values()) {
    for (const pull of repo.pulls.values()) if (pull.id === number) return pull;
  }
  throw new GraphProblem("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}

export function graphqlRoutes(routes: Routes, editHistoryForbidden: () => boolean): void {
  const { world } = routes;
  const context: GraphContext = { world, editHistoryForbidden };

  const queryRoot = (caller: Caller): GraphObject => ({
    __typename: "Query",
    fields: {
      viewer: () => actorObject(world, viewerOf(caller).account),
      repository: (args) => {
        const repo = world.repo(`${args.owner}/${args.name}`);
        if (!repo || !visible(caller, repo)) {
          throw new GraphProblem(
            "NOT_FOUND",
            `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`,
          );
        }
        return guarded(caller, repositoryObject(context, repo));
      },
      node: (args) => {
        const [kind, id] = Buffer.from(String(args.id), "base64").toString().split(":");
        const repo = kind === "Repository" ? world.reposById.get(Number(id)) : undefined;
        if (repo && visible(caller, repo)) return repositoryObject(context, repo);
        if (kind === "PullRequest") return pullObject(context, pullById(world, args.id));
        return null;
      },
    },
  });

  const mutation =
    (caller: Caller, name: string, act: (pull: Pull, by: Actor, input: Args) => void) => (args: Args) => {
      const input = args.input as Args;
      const pull = pullById(world, input.pullRequestId ?? input.id);
      const by = viewerOf(caller);
      const may =
        caller.kind === "installation"
          ? allows(caller.permissions, "pull_requests", "write")
          : atLeast(roleOf(pull.repo, by.account), "write");
      if (!may) throw new GraphProblem("FORBIDDEN", "Resource not accessible by integration");
      try {
        act(pull, by, input);
      } catch (error) {
        if (error instanceof Refused) throw new GraphProblem("UNPROCESSABLE", error.message);
        throw error;
      }
      return {
        __typename: `${name}Payload`,
        fields: {
          clientMutationId: () => input.clientMutationId ?? null,
          pullRequest: () => pullObject(context, pull),
          mergeQueueEntry: () => pullObject(context, pull).fields.mergeQueueEntry?.({}),
        },
      };
    };

  const mutationRoot = (caller: Caller): GraphObject => ({
    __typename: "Mutation",
    fields: {
      convertPullRequestToDraft: mutation(caller, "ConvertPullRequestToDraft", (pull, by) =>
        setDraft(world, pull, true, by),
      ),
      markPullRequestReadyForReview: mutation(caller, "MarkPullRequestReadyForReview", (pull, by) =>
        setDraft(world, pull, false, by),
      ),
      enqueuePullRequest: mutation(caller, "EnqueuePullRequest", (pull, by) => enqueue(world, pull, by)),
      dequeuePullRequest: mutation(caller, "DequeuePullRequest", (pull, by) => {
        if (pull.queueEntry) dequeue(world, pull.queueEntry, "MANUAL", by);
      }),
    },
  });

  routes.on("POST", "/graphql", (call) => {
    const { caller, body } = call;
    viewerOf(caller);
    if (typeof body.query !== "string")
      throw new ApiError(400, { message: "A query attribute must be specified and must be a string." });
    const variables = (body.variables ?? {}) as Record<string, unknown>;
    const name = typeof body.operationName === "string" ? body.operationName : undefined;
    return ok(
      execute({ query: queryRoot(caller), mutation: mutationRoot(caller) }, body.query, variables, name),
    );
  });
}
