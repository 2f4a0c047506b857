import { type Commit, diffTrees, type FileChange, type Signature } from "../git.ts";
import type { Json, Repo } from "../model.ts";
import type { World } from "../world.ts";
import { nodeId, userJson } from "./account.ts";
import { repoPage, repoUrl } from "./repo.ts";

const accountJson = (world: World, who: Signature): Json | null => {
  const account = who.login === null ? undefined : world.account(who.login);
  return account ? userJson(world.urls, account) : null;
};

const person = (who: Signature): Json => ({ name: who.name, email: who.email, date: who.date });

const verification = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};

/** A commit as the lists of commits show it. */
export function commitJson(world: World, repo: Repo, commit: Commit): Json {
  const url = repoUrl(world.urls, repo);
  const page = repoPage(world.urls, repo);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    commit: {
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree.sha, url: `${url}/git/trees/${commit.tree.sha}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification,
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: accountJson(world, commit.author),
    committer: accountJson(world, commit.committer),
    parents: commit.parents.map(({ sha }) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

export function fileJson(world: World, repo: Repo, sha: string, change: FileChange): Json {
  const url = repoUrl(world.urls, repo);
  const page = repoPage(world.urls, repo);
  const path = encodeURI(change.filename);
  return {
    sha: change.sha,
    filename: change.filename,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${url}/contents/${path}?ref=${sha}`,
    ...(change.patch === "" ? {} : { patch: change.patch }),
    ...(change.previous === undefined ? {} : { previous_filename: change.previous }),
  };
}

/** The answer of `GET /git/commits/{sha}`. */
export function gitCommitJson(world: World, repo: Repo, commit: Commit): Json {
  const url = repoUrl(world.urls, repo);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${repoPage(world.urls, repo)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree.sha, url: `${url}/git/trees/${commit.tree.sha}` },
    parents: commit.parents.map(({ sha }) => ({ sha, url: `${url}/git/commits/${sha}` })),
    verification,
  };
}

/** A commit as check suites, workflow runs and merge groups carry it. */
export const headCommitJson = (commit: Commit): Json => ({
  id: commit.sha,
  tree_id: commit.tree.sha,
  message: commit.message,
  timestamp: commit.committer.date,
  author: { name: commit.author.name, email: commit.author.email },
  committer: { name: commit.committer.name, email: commit.committer.email },
});

/** A commit as `push` carries it, with the names of the files it touched. */
export function pushedCommitJson(world: World, repo: Repo, commit: Commit): Json {
  const changes = diffTrees(commit.parents[0]?.tree, commit.tree);
  const named = (status: string) =>
    changes.filter((change) => change.status === status).map((c) => c.filename);
  const renamed = changes.filter((change) => change.status === "renamed");
  const who = ({ name, email, login }: Signature) => ({ name, email, ...(login ? { username: login } : {}) });
  return {
    id: commit.sha,
    tree_id: commit.tree.sha,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repoPage(world.urls, repo)}/commit/${commit.sha}`,
    author: who(commit.author),
    committer: who(commit.committer),
    added: [...named("added"), ...renamed.map((change) => change.filename)],
    removed: [...named("removed"), ...renamed.map((change) => change.previous)],
    modified: named("modified"),
  };
}
