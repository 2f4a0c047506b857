import { newestRuns } from "../actions/checks.ts";
import { combinedState, createStatus, newestStatuses } from "../actions/statuses.ts";
import { compareCommits, pullDifference } from "../diff.ts";
import { notFound, unprocessable } from "../errors.ts";
import { type Commit, commitsBetween, diffTrees, history, mergeBase } from "../git.ts";
import { userJson } from "../json/account.ts";
import { runJson, statusJson, suiteJson } from "../json/check.ts";
import { commitJson, fileJson } from "../json/commit.ts";
import { pullSummary } from "../json/pull.ts";
import { repoJson, repoPage, repoUrl } from "../json/repo.ts";
import type { Repo, Status } from "../model.ts";
import { resolveCommit } from "../refs.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, ok, page, type Routes, text } from "../routing.ts";

const commitOf = (call: RepoCall, name = "ref"): Commit => {
  const ref = call.params[name] as string;
  const found = resolveCommit(call.repo, ref);
  if (!found) throw unprocessable(`No commit found for SHA: ${ref}`);
  return found;
};

function* touching(start: Commit, path: string | null): Generator<Commit> {
  for (const commit of history(start)) {
    if (path === null) yield commit;
    else {
      const within = (name: string) => name === path || name.startsWith(`${path}/`);
      const changes = diffTrees(commit.parents[0]?.tree, commit.tree);
      const touched = changes.some(
        ({ filename, previous }) => within(filename) || (previous && within(previous)),
      );
      if (touched && commit.parents.length < 2) yield commit;
    }
  }
}

const MOST_COMPARED_FILES = 300;
const MOST_COMPARED_COMMITS = 250;

/** `base...head`; each side may be `owner:branch` of a fork. */
function side(routes: Routes, repo: Repo, name: string): Commit {
  const [owner, branch] = name.includes(":") ? (name.split(":", 2) as [string, string]) : [undefined, name];
  const fork =
    owner &&
    [...routes.world.repos.values()].find((one) => one.owner.login === owner && one.objects === repo.objects);
  const found = resolveCommit(fork || repo, branch);
  if (!found) throw notFound();
  return found;
}

export function commitRoutes(routes: Routes): void {
  const { world } = routes;
  const contents = { needs: [["contents", "read"]] } as const;
  const checks = { needs: [["checks", "read"]] } as const;
  const statuses = { needs: [["statuses", "read"]] } as const;

  routes.repo("GET", "/commits", contents, (call) => {
    const start = resolveCommit(call.repo, call.query.get("sha") ?? call.repo.defaultBranch);
    if (!start) throw notFound();
    const found = [...touching(start, call.query.get("path"))];
    return page(call, found, (commit) => commitJson(world, call.repo, commit));
  });

  routes.repo("GET", "/commits/{ref}", contents, (call) => {
    const commit = commitOf(call);
    const files = diffTrees(commit.parents[0]?.tree, commit.tree);
    const sum = (key: "additions" | "deletions") => files.reduce((total, file) => total + file[key], 0);
    const stats = {
      additions: sum("additions"),
      deletions: sum("deletions"),
      total: sum("additions") + sum("deletions"),
    };
    const at = page(call, files.slice(0, 3000), (file) => fileJson(world, call.repo, commit.sha, file));
    return { ...at, body: { ...commitJson(world, call.repo, commit), stats, files: at.body } };
  });

  routes.repo("GET", "/commits/{ref}/check-runs", checks, (call) => {
    const commit = commitOf(call);
    const name = call.query.get("check_name");
    const app = call.query.get("app_id");
    const status = call.query.get("status");
    const all = call.repo.checkRunsBySha.get(commit.sha) ?? [];
    const latest = call.query.get("filter") === "all" ? all : newestRuns(all);
    const runs = latest
      .filter((run) => name === null || run.name === name)
      .filter((run) => app === null || run.app.id === Number(app))
      .filter((run) => status === null || run.status === status)
      .sort((a, b) => b.id - a.id);
    return page(call, runs, (run) => runJson(world, run), "check_runs");
  });

  routes.repo("GET", "/commits/{ref}/check-suites", checks, (call) => {
    const commit = commitOf(call);
    const app = call.query.get("app_id");
    const name = call.query.get("check_name");
    const suites = (call.repo.suitesBySha.get(commit.sha) ?? [])
      .filter((suite) => app === null || suite.app.id === Number(app))
      .filter((suite) => name === null || suite.runs.some((run) => run.name === name));
    return page(call, suites, (suite) => suiteJson(world, suite), "check_suites");
  });

  routes.repo("GET", "/commits/{ref}/statuses", statuses, (call) => {
    const list = call.repo.statusesBySha.get(commitOf(call).sha) ?? [];
    return page(call, [...list].reverse(), (status) => statusJson(world, status));
  });

  routes.repo("GET", "/commits/{ref}/status", statuses, (call) => {
    const { sha } = commitOf(call);
    const newest = newestStatuses(call.repo, sha);
    const url = `${repoUrl(world.urls, call.repo)}/commits/${sha}`;
    const shown = page(call, newest, (status) => statusJson(world, status));
    return {
      ...shown,
      body: {
        state: combinedState(newest),
        statuses: shown.body,
        sha,
        total_count: newest.length,
        repository: repoJson(world.urls, call.repo),
        commit_url: url,
        url: `${url}/status`,
      },
    };
  });

  routes.repo("POST", "/statuses/{sha}", { needs: [["statuses", "write"]], role: "write" }, (call) => {
    checkFields(
      call.body,
      { state: "string", target_url: "string", description: "string", context: "string" },
      ["state"],
    );
    const state = text(call.body, "state") as Status["state"];
    if (!["error", "failure", "pending", "success"].includes(state)) {
      throw unprocessable("Validation Failed", [
        { resource: "Status", field: "state", code: "custom", message: "state is not included in the list" },
      ]);
    }
    const status = createStatus(
      world,
      call.repo,
      {
        sha: commitOf(call, "sha").sha,
        state,
        context: text(call.body, "context") ?? "default",
        description: text(call.body, "description") ?? null,
        targetUrl: text(call.body, "target_url") ?? null,
      },
      call.actor,
    );
    return created({ ...statusJson(world, status), creator: userJson(world.urls, status.creator) });
  });

  /** GitHub finds no pull request from a fork here. */
  routes.repo("GET", "/commits/{ref}/pulls", { needs: [["pull_requests", "read"]] }, (call) => {
    const commit = commitOf(call);
    const pulls = [...call.repo.pulls.values()].filter(
      (pull) =>
        pull.headRepo === call.repo &&
        (pull.head === commit ||
          pull.mergeCommitSha === commit.sha ||
          pullDifference(pull).commits.includes(commit)),
    );
    return page(call, pulls, (pull) => pullSummary(world, pull));
  });

  routes.repo("GET", "/compare/{basehead*}", contents, (call) => {
    const [baseName, headName] = (call.params.basehead as string).split("...") as [
      string,
      string | undefined,
    ];
    if (headName === undefined) throw notFound();
    const base = side(routes, call.repo, baseName);
    const head = side(routes, call.repo, headName);
    const start = mergeBase(base, head);
    if (!start) throw notFound();
    const { commits, files } = compareCommits(base, head);
    const behind = commitsBetween(head, base).length;
    const status =
      base === head ? "identical" : behind === 0 ? "ahead" : commits.length === 0 ? "behind" : "diverged";
    const paged = call.query.has("page") || call.query.has("per_page");
    const shown = paged
      ? page(call, commits, (commit) => commitJson(world, call.repo, commit))
      : ok(commits.slice(0, MOST_COMPARED_COMMITS).map((commit) => commitJson(world, call.repo, commit)));
    const first = Number(call.query.get("page") ?? 1) <= 1;
    const url = `${repoUrl(world.urls, call.repo)}/compare/${baseName}...${headName}`;
    const html = `${repoPage(world.urls, call.repo)}/compare/${baseName}...${headName}`;
    return {
      ...shown,
      body: {
        url,
        html_url: html,
        permalink_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        base_commit: commitJson(world, call.repo, base),
        merge_base_commit: commitJson(world, call.repo, start),
        status,
        ahead_by: commits.length,
        behind_by: behind,
        total_commits: commits.length,
        commits: shown.body,
        files: first
          ? files.slice(0, MOST_COMPARED_FILES).map((file) => fileJson(world, call.repo, head.sha, file))
          : [],
      },
    };
  });
}
