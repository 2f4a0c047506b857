import { createCommit, moveRef } from "../actions/push.ts";
import { ApiError, notFound, unprocessable } from "../errors.ts";
import { commitJson } from "../json/commit.ts";
import { repoPage, repoUrl } from "../json/repo.ts";
import type { Json, Repo } from "../model.ts";
import { branchHead, branchRef, resolveCommit } from "../refs.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, ok, type Routes, text } from "../routing.ts";
import { protectionOf } from "../rules.ts";
import { subtreeSha } from "../trees.ts";
import type { World } from "../world.ts";

/** The files of a repository: read at any ref, and written one at a time. */

function fileEntry(
  world: World,
  repo: Repo,
  path: string,
  ref: string,
  entry: { sha: string; size: number; type: string },
): Json {
  const encoded = encodeURI(path);
  const url = `${repoUrl(world.urls, repo)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === "dir" ? "tree" : "blob";
  const git = `${repoUrl(world.urls, repo)}/git/${kind}s/${entry.sha}`;
  const html = `${repoPage(world.urls, repo)}/${kind}/${encodeURIComponent(ref)}/${encoded}`;
  return {
    name: path.split("/").at(-1),
    path,
    sha: entry.sha,
    size: entry.size,
    url,
    html_url: html,
    git_url: git,
    download_url:
      entry.type === "dir" ? null : `${repoPage(world.urls, repo)}/raw/${encodeURIComponent(ref)}/${encoded}`,
    type: entry.type,
    _links: { self: url, git, html },
  };
}

const LARGEST_JSON_FILE = 1_048_576;

function contents(world: World, call: RepoCall) {
  const { repo } = call;
  const ref = call.query.get("ref") ?? repo.defaultBranch;
  const commit = resolveCommit(repo, ref);
  const path = (call.params.path ?? "").replace(/^\/+|\/+$/g, "");
  if (!commit) throw notFound();
  const blob = commit.tree.files.get(path);
  const accept = call.headers.accept ?? "";
  if (blob) {
    if (/\.raw(\+json)?\b/.test(accept)) {
      return {
        status: 200,
        body: blob.content,
        headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
      };
    }
    const size = Buffer.byteLength(blob.content);
    const entry = fileEntry(world, repo, path, ref, { sha: blob.sha, size, type: "file" });
    if (size > LARGEST_JSON_FILE) return ok({ ...entry, encoding: "none", content: "" });
    const lines = Buffer.from(blob.content).toString("base64").replace(/.{60}/g, "$&\n");
    return ok({ ...entry, encoding: "base64", content: lines.endsWith("\n") ? lines : `${lines}\n` });
  }
  const prefix = path === "" ? "" : `${path}/`;
  const entries = new Map<string, Json>();
  for (const [name, file] of commit.tree.files) {
    if (!name.startsWith(prefix)) continue;
    const [first, ...deeper] = name.slice(prefix.length).split("/");
    const whole = prefix + first;
    if (deeper.length > 0) {
      entries.set(
        whole,
        fileEntry(world, repo, whole, ref, {
          sha: subtreeSha(repo.objects, commit.tree, whole),
          size: 0,
          type: "dir",
        }),
      );
    } else {
      const size = Buffer.byteLength(file.content);
      entries.set(whole, fileEntry(world, repo, whole, ref, { sha: file.sha, size, type: "file" }));
    }
  }
  if (entries.size === 0 && path !== "") throw notFound();
  return ok([...entries.keys()].sort().map((name) => entries.get(name)));
}

/** Commits one file to a branch; what is there already must be named by its SHA. */
function writeContents(world: World, call: RepoCall) {
  const { repo, body } = call;
  checkFields(
    body,
    {
      message: "string",
      content: "string",
      sha: "string",
      branch: "string",
      committer: "object",
      author: "object",
    },
    ["message", "content"],
  );
  const branch = text(body, "branch") ?? repo.defaultBranch;
  const head = branchHead(repo, branch);
  const path = call.params.path as string;
  if (!head) throw unprocessable(`Branch ${branch} not found`);
  if ((protectionOf(repo, branch)?.requiredChecks.length ?? 0) > 0) {
    throw new ApiError(409, {
      message: "Could not create file: Changes must be made through a pull request.",
      status: "409",
    });
  }
  const known = head.tree.files.get(path);
  const sha = text(body, "sha");
  if (known && sha === undefined) throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  if (sha !== undefined && sha !== known?.sha) {
    throw new ApiError(409, { message: `${path} does not match ${sha}`, status: "409" });
  }
  const content = Buffer.from(text(body, "content") as string, "base64").toString();
  const commit = createCommit(world, repo, {
    files: { [path]: content },
    message: text(body, "message") as string,
    by: call.actor.account,
    parents: [head],
  });
  moveRef(world, repo, branchRef(branch), commit, call.actor);
  const blob = commit.tree.files.get(path);
  const entry = fileEntry(world, repo, path, branch, {
    sha: blob?.sha as string,
    size: Buffer.byteLength(content),
    type: "file",
  });
  const answer = { content: entry, commit: commitJson(world, repo, commit) };
  return known ? ok(answer) : created(answer);
}

export function contentRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["contents", "read"]] } as const;
  routes.repo("GET", "/contents", read, (call) => contents(world, call));
  routes.repo("GET", "/contents/{path*}", read, (call) => contents(world, call));
  routes.repo("PUT", "/contents/{path*}", { needs: [["contents", "write"]], role: "write" }, (call) =>
    writeContents(world, call),
  );
}
