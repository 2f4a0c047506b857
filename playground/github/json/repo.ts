import type { Installation, Json, Repo, Role } from "../model.ts";
import { fullName, type Urls } from "../world.ts";
import { nodeId, userJson } from "./account.ts";

export const repoUrl = (urls: Urls, repo: Repo): string => `${urls.api}/repos/${fullName(repo)}`;
export const repoPage = (urls: Urls, repo: Repo): string => `${urls.html}/${fullName(repo)}`;

const templates: Array<[string, string]> = [
  ["forks_url", "/forks"],
  ["keys_url", "/keys{/key_id}"],
  ["collaborators_url", "/collaborators{/collaborator}"],
  ["teams_url", "/teams"],
  ["hooks_url", "/hooks"],
  ["issue_events_url", "/issues/events{/number}"],
  ["events_url", "/events"],
  ["assignees_url", "/assignees{/user}"],
  ["branches_url", "/branches{/branch}"],
  ["tags_url", "/tags"],
  ["blobs_url", "/git/blobs{/sha}"],
  ["git_tags_url", "/git/tags{/sha}"],
  ["git_refs_url", "/git/refs{/sha}"],
  ["trees_url", "/git/trees{/sha}"],
  ["statuses_url", "/statuses/{sha}"],
  ["languages_url", "/languages"],
  ["stargazers_url", "/stargazers"],
  ["contributors_url", "/contributors"],
  ["subscribers_url", "/subscribers"],
  ["subscription_url", "/subscription"],
  ["commits_url", "/commits{/sha}"],
  ["git_commits_url", "/git/commits{/sha}"],
  ["comments_url", "/comments{/number}"],
  ["issue_comment_url", "/issues/comments{/number}"],
  ["contents_url", "/contents/{+path}"],
  ["compare_url", "/compare/{base}...{head}"],
  ["merges_url", "/merges"],
  ["archive_url", "/{archive_format}{/ref}"],
  ["downloads_url", "/downloads"],
  ["issues_url", "/issues{/number}"],
  ["pulls_url", "/pulls{/number}"],
  ["milestones_url", "/milestones{/number}"],
  ["notifications_url", "/notifications{?since,all,participating}"],
  ["labels_url", "/labels{/name}"],
  ["releases_url", "/releases{/id}"],
  ["deployments_url", "/deployments"],
];

const urlsUsed = new WeakMap<Json, Urls>();

/** The repository as it stands in every event. The same object until the repository changes: never write to it. */
export function repoJson(urls: Urls, repo: Repo): Json {
  if (repo.json && urlsUsed.get(repo.json) === urls) return repo.json;
  const url = repoUrl(urls, repo);
  const page = repoPage(urls, repo);
  const issues = repo.openPulls.size;
  const json: Json = {
    id: repo.id,
    node_id: nodeId("Repository", repo.id),
    name: repo.name,
    full_name: fullName(repo),
    private: repo.private,
    owner: userJson(urls, repo.owner),
    html_url: page,
    description: repo.description,
    fork: repo.parent !== undefined,
    url,
  };
  for (const [key, path] of templates) json[key] = url + path;
  Object.assign(json, {
    created_at: repo.createdAt,
    updated_at: repo.updatedAt,
    pushed_at: repo.pushedAt,
    git_url: `${page.replace(/^https?/, "git")}.git`,
    ssh_url: `git@${new URL(urls.html).host}:${fullName(repo)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repo.archived,
    disabled: false,
    open_issues_count: issues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repo.private ? "private" : "public",
    custom_properties: {},
    forks: 0,
    open_issues: issues,
    watchers: 0,
    default_branch: repo.defaultBranch,
  });
  urlsUsed.set(json, urls);
  repo.json = json;
  return json;
}

const bits: Array<[string, Role]> = [
  ["admin", "admin"],
  ["maintain", "maintain"],
  ["push", "write"],
  ["triage", "triage"],
  ["pull", "read"],
];

const mergeSettings = (repo: Repo): Json => ({
  allow_squash_merge: repo.squashMergeAllowed,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
});

/** The answer of `GET /repos/{owner}/{repo}`, with what the caller may do. */
export function repoDetails(urls: Urls, repo: Repo, allows: (role: Role) => boolean): Json {
  return {
    ...repoJson(urls, repo),
    permissions: Object.fromEntries(bits.map(([key, role]) => [key, allows(role)])),
    ...mergeSettings(repo),
    network_count: 0,
    subscribers_count: 0,
    ...(repo.parent ? { parent: repoJson(urls, repo.parent), source: repoJson(urls, repo.parent) } : {}),
  };
}

export function installationJson(urls: Urls, installation: Installation): Json {
  const { account, app } = installation;
  return {
    id: installation.id,
    client_id: app.clientId,
    account: userJson(urls, account),
    repository_selection: installation.selection,
    access_tokens_url: `${urls.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.html}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: [...installation.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_at: installation.suspendedAt,
    suspended_by: installation.suspendedBy ? userJson(urls, installation.suspendedBy) : null,
  };
}

/** Events tell the times of an installation in seconds since 1970, where REST writes them out. */
export function installationEventJson(urls: Urls, installation: Installation): Json {
  const seconds = Math.floor(Date.parse(installation.createdAt) / 1000);
  return { ...installationJson(urls, installation), created_at: seconds, updated_at: seconds };
}

const inPulls = new WeakMap<Json, Json>();

/** The repository as it stands in a pull request's head and base. */
export function repoInPull(urls: Urls, repo: Repo): Json {
  const json = repoJson(urls, repo);
  const known = inPulls.get(json);
  if (known) return known;
  const made = { ...json, ...mergeSettings(repo) };
  inPulls.set(json, made);
  return made;
}

/** A repository as installation events list it. */
export const repoStub = (repo: Repo): Json => ({
  id: repo.id,
  node_id: nodeId("Repository", repo.id),
  name: repo.name,
  full_name: fullName(repo),
  private: repo.private,
});
