import { moveRef } from "../actions/push.ts";
import { notFound, unprocessable } from "../errors.ts";
import { isAncestor } from "../git.ts";
import { nodeId, userJson } from "../json/account.ts";
import { gitCommitJson } from "../json/commit.ts";
import { releaseJson } from "../json/deployment.ts";
import { repoUrl } from "../json/repo.ts";
import type { Json, Repo } from "../model.ts";
import { branchRef, resolveCommit } from "../refs.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, noContent, ok, page, type Routes, text } from "../routing.ts";
import { subtreeSha } from "../trees.ts";

const MOST_TREE_ENTRIES = 100_000;

/** Refs, trees, commits, tags and releases. */
export function gitRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["contents", "read"]] } as const;
  const write = { needs: [["contents", "write"]], role: "write" } as const;

  const refJson = (repo: Repo, ref: string): Json => {
    const sha = repo.refs.get(ref) as string;
    const url = repoUrl(world.urls, repo);
    return {
      ref,
      node_id: nodeId("Ref", `${repo.id}:${ref}`),
      url: `${url}/git/${ref}`,
      object: { sha, type: "commit", url: `${url}/git/commits/${sha}` },
    };
  };

  routes.repo("GET", "/git/ref/{ref*}", read, (call) => {
    const ref = `refs/${call.params.ref}`;
    if (!call.repo.refs.has(ref)) throw notFound();
    return ok(refJson(call.repo, ref));
  });

  routes.repo("GET", "/git/matching-refs/{ref*}", read, (call) => {
    const found = [...call.repo.refs.keys()].filter((ref) => ref.startsWith(`refs/${call.params.ref}`));
    return page(call, found.sort(), (ref) => refJson(call.repo, ref));
  });

  routes.repo("POST", "/git/refs", write, (call) => {
    checkFields(call.body, { ref: "string", sha: "string" }, ["ref", "sha"]);
    const ref = text(call.body, "ref") as string;
    const commit = call.repo.objects.commits.get(text(call.body, "sha") as string);
    if (!commit) throw unprocessable("Object does not exist");
    if (!/^refs\/[^/]+\/./.test(ref)) throw unprocessable(`${ref} is not a valid ref name.`);
    if (call.repo.refs.has(ref)) throw unprocessable("Reference already exists");
    moveRef(world, call.repo, ref, commit, call.actor);
    return created(refJson(call.repo, ref));
  });

  routes.repo("PATCH", "/git/refs/{ref*}", write, (call) => {
    checkFields(call.body, { sha: "string", force: "boolean" }, ["sha"]);
    const ref = `refs/${call.params.ref}`;
    const before = resolveCommit(call.repo, ref);
    const commit = call.repo.objects.commits.get(text(call.body, "sha") as string);
    if (!before) throw unprocessable("Reference does not exist");
    if (!commit) throw unprocessable("Object does not exist");
    if (call.body.force !== true && !isAncestor(before, commit))
      throw unprocessable("Update is not a fast forward");
    moveRef(world, call.repo, ref, commit, call.actor);
    return ok(refJson(call.repo, ref));
  });

  routes.repo("DELETE", "/git/refs/{ref*}", write, (call) => {
    const ref = `refs/${call.params.ref}`;
    if (!call.repo.refs.has(ref)) throw unprocessable("Reference does not exist");
    moveRef(world, call.repo, ref, undefined, call.actor);
    return noContent();
  });

  routes.repo("GET", "/git/commits/{sha}", read, (call) => {
    const commit = call.repo.objects.commits.get(call.params.sha as string);
    if (!commit) throw notFound();
    return ok(gitCommitJson(world, call.repo, commit));
  });

  routes.repo("GET", "/git/trees/{sha}", read, (call) => tree(call));

  function tree(call: RepoCall) {
    const { repo } = call;
    const name = call.params.sha as string;
    const tree = repo.objects.trees.get(name) ?? resolveCommit(repo, name)?.tree;
    if (!tree) throw notFound();
    const deep = call.query.has("recursive");
    const entries = new Map<string, Json>();
    const url = `${repoUrl(world.urls, repo)}/git`;
    for (const [path, blob] of tree.files) {
      const parts = path.split("/");
      const folders = deep ? parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("/")) : [];
      if (!deep && parts.length > 1) folders.push(parts[0] as string);
      for (const folder of folders) {
        if (entries.has(folder)) continue;
        const sha = subtreeSha(repo.objects, tree, folder);
        entries.set(folder, { path: folder, mode: "040000", type: "tree", sha, url: `${url}/trees/${sha}` });
      }
      if (deep || parts.length === 1) {
        const size = Buffer.byteLength(blob.content);
        entries.set(path, {
          path,
          mode: "100644",
          type: "blob",
          sha: blob.sha,
          size,
          url: `${url}/blobs/${blob.sha}`,
        });
      }
    }
    const all = [...entries.keys()].sort().map((path) => entries.get(path));
    const shown = all.slice(0, MOST_TREE_ENTRIES);
    return ok({
      sha: tree.sha,
      url: `${url}/trees/${tree.sha}`,
      tree: shown,
      truncated: shown.length < all.length,
    });
  }

  // Its pages have cursors; nobody here asks for a second one.
  routes.repo("GET", "/activity", read, (call) => {
    const ref = call.query.get("ref");
    const wanted = ref === null || ref.startsWith("refs/") ? ref : branchRef(ref);
    const found = call.repo.activities.filter((one) => wanted === null || one.ref === wanted);
    const perPage = Number(call.query.get("per_page") ?? 30);
    return ok(
      found
        .toReversed()
        .slice(0, perPage)
        .map(({ id, type, before, after, actor, at, ref }) => ({
          id,
          node_id: nodeId("PSH", id),
          before,
          after,
          ref,
          timestamp: at,
          activity_type: type,
          actor: userJson(world.urls, actor),
        })),
    );
  });

  routes.repo("GET", "/tags", read, (call) => {
    const tags = [...call.repo.refs].filter(([ref]) => ref.startsWith("refs/tags/")).reverse();
    const url = repoUrl(world.urls, call.repo);
    return page(call, tags, ([ref, sha]) => {
      const name = ref.slice("refs/tags/".length);
      return {
        name,
        commit: { sha, url: `${url}/commits/${sha}` },
        zipball_url: `${url}/zipball/${ref}`,
        tarball_url: `${url}/tarball/${ref}`,
        node_id: nodeId("Ref", `${call.repo.id}:${ref}`),
      };
    });
  });

  routes.repo("GET", "/releases", read, (call) => {
    const shown = call.repo.releases.filter((release) => !release.draft || call.caller.kind === "user");
    return page(call, [...shown].reverse(), (release) => releaseJson(world, call.repo, release));
  });

  routes.repo("GET", "/releases/latest", read, (call) => {
    const release = call.repo.releases.findLast((one) => !one.draft && !one.prerelease);
    if (!release) throw notFound();
    return ok(releaseJson(world, call.repo, release));
  });

  routes.repo("GET", "/releases/tags/{tag}", read, (call) => {
    const release = call.repo.releases.find((one) => one.tag === call.params.tag && !one.draft);
    if (!release) throw notFound();
    return ok(releaseJson(world, call.repo, release));
  });
}
