import { atLeast, roleOf } from "../access.ts";
import { type MergeMethod, mergeableState, mergePull } from "../actions/merge.ts";
import { closeIssue, editPull, openPull, reopenIssue } from "../actions/pulls.ts";
import { pullDifference } from "../diff.ts";
import { ApiError, forbidden, notFound, Refused, unprocessable } from "../errors.ts";
import { commitJson, fileJson } from "../json/commit.ts";
import { pullJson, pullSummary } from "../json/pull.ts";
import type { Pull, Repo } from "../model.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, noContent, ok, page, pullOf, type Routes, text } from "../routing.ts";

const MOST_FILES = 3000;
const MOST_COMMITS = 250;

const orders: Record<string, (pull: Pull) => string | number> = {
  created: (pull) => pull.id,
  updated: (pull) => pull.updatedAt,
  popularity: (pull) => pull.comments.length,
  "long-running": (pull) => pull.id,
};

function listed(call: RepoCall): Pull[] {
  const state = call.query.get("state") ?? "open";
  const head = call.query.get("head");
  const base = call.query.get("base");
  const sort = call.query.get("sort") ?? "created";
  const direction = call.query.get("direction") ?? (sort === "created" ? "desc" : "asc");
  const key = orders[sort] ?? ((pull: Pull) => pull.id);
  const from = state === "open" ? call.repo.openPulls : call.repo.pulls;
  const found = [...from.values()].filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (base === null || pull.baseRef === base) &&
      (head === null || !head.includes(":") || `${pull.headRepo.owner.login}:${pull.headRef}` === head),
  );
  const sign = direction === "desc" ? -1 : 1;
  return found.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
}

/** `owner:branch` is a branch of a fork, a plain name one of the repository itself. */
function headOf(routes: Routes, repo: Repo, head: string): { headRepo: Repo; head: string } {
  const [owner, branch] = head.includes(":")
    ? (head.split(":", 2) as [string, string])
    : [repo.owner.login, head];
  const all = [repo, ...routes.world.repos.values()];
  const headRepo = all.find(
    (one) => one.owner.login.toLowerCase() === owner.toLowerCase() && one.objects === repo.objects,
  );
  if (!headRepo)
    throw unprocessable("Validation Failed", [{ resource: "PullRequest", field: "head", code: "invalid" }]);
  return { headRepo, head: branch };
}

/** The author and those with write access may edit a description. */
export function mayEdit(call: RepoCall, author: unknown): boolean {
  if (call.caller.kind !== "user") return true;
  return call.actor.account === author || atLeast(roleOf(call.repo, call.actor.account), "write");
}

export function pullRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["pull_requests", "read"]] } as const;
  const write = { needs: [["pull_requests", "write"]] } as const;

  routes.repo("GET", "/pulls", read, (call) => page(call, listed(call), (pull) => pullSummary(world, pull)));

  routes.repo("POST", "/pulls", write, (call) => {
    const { body } = call;
    checkFields(
      body,
      {
        title: "string",
        body: "string",
        head: "string",
        base: "string",
        draft: "boolean",
        head_repo: "string",
        maintainer_can_modify: "boolean",
        issue: "number",
      },
      ["head", "base", "title"],
    );
    const pull = openPull(
      world,
      call.repo,
      {
        ...headOf(routes, call.repo, text(body, "head") as string),
        base: text(body, "base") as string,
        title: text(body, "title") as string,
        body: text(body, "body") ?? "",
        draft: body.draft === true,
      },
      call.actor,
    );
    return created(pullJson(world, pull));
  });

  routes.repo("GET", "/pulls/{number}", read, (call) => {
    const pull = pullOf(call);
    return ok(pullJson(world, pull, mergeableState(pull)));
  });

  routes.repo("PATCH", "/pulls/{number}", write, (call) => {
    const pull = pullOf(call);
    const { body } = call;
    checkFields(body, {
      title: "string",
      body: "string",
      state: "string",
      base: "string",
      maintainer_can_modify: "boolean",
    });
    if (!mayEdit(call, pull.user)) throw forbidden("Must have write access to edit this pull request.");
    const state = text(body, "state");
    if (state !== undefined && state !== "open" && state !== "closed") {
      throw unprocessable("Validation Failed", [
        { resource: "PullRequest", field: "state", code: "invalid" },
      ]);
    }
    const fields = Object.fromEntries(
      (["title", "body", "base"] as const)
        .filter((key) => body[key] !== undefined)
        .map((key) => [key, body[key] ?? ""]),
    );
    editPull(world, pull, fields, call.actor);
    if (state === "closed") closeIssue(world, pull, call.actor);
    if (state === "open") reopenIssue(world, pull, call.actor);
    return ok(pullJson(world, pull, mergeableState(pull)));
  });

  routes.repo("GET", "/pulls/{number}/files", read, (call) => {
    const pull = pullOf(call);
    const files = pullDifference(pull).files.slice(0, MOST_FILES);
    return page(call, files, (file) => fileJson(world, call.repo, pull.head.sha, file));
  });

  routes.repo("GET", "/pulls/{number}/commits", read, (call) =>
    page(call, pullDifference(pullOf(call)).commits.slice(0, MOST_COMMITS), (commit) =>
      commitJson(world, call.repo, commit),
    ),
  );

  routes.repo("GET", "/pulls/{number}/merge", read, (call) => {
    if (!pullOf(call).merged) throw notFound();
    return noContent();
  });

  routes.repo("PUT", "/pulls/{number}/merge", { needs: [["contents", "write"]], role: "write" }, (call) => {
    const pull = pullOf(call);
    const { body } = call;
    checkFields(body, {
      commit_title: "string",
      commit_message: "string",
      sha: "string",
      merge_method: "string",
    });
    const sha = text(body, "sha");
    if (sha !== undefined && sha !== pull.head.sha) {
      throw new ApiError(409, {
        message: "Head branch was modified. Review and try the merge again.",
        status: "409",
      });
    }
    try {
      const method = (text(body, "merge_method") ?? "merge") as MergeMethod;
      const commit = mergePull(world, pull, method, call.actor, text(body, "commit_title"));
      return ok({ sha: commit.sha, merged: true, message: "Pull Request successfully merged" });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new ApiError(405, {
        message: error.reasons.join(" "),
        documentation_url: "https://docs.github.com/rest",
        status: "405",
      });
    }
  });
}
