import type { Deployment, DeploymentStatus, Json, Release, Repo } from "../model.ts";
import type { World } from "../world.ts";
import { appJson, nodeId, userJson } from "./account.ts";
import { repoPage, repoUrl } from "./repo.ts";

export function deploymentJson(world: World, deployment: Deployment): Json {
  const repository = repoUrl(world.urls, deployment.repo);
  const url = `${repository}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId("Deployment", deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: userJson(world.urls, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: repository,
    transient_environment: false,
    production_environment: deployment.environment === "production",
    performed_via_github_app: deployment.app ? appJson(world.urls, deployment.app) : null,
  };
}

export function deploymentStatusJson(world: World, status: DeploymentStatus): Json {
  const repository = repoUrl(world.urls, status.deployment.repo);
  const deployment = `${repository}/deployments/${status.deployment.id}`;
  return {
    url: `${deployment}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DeploymentStatus", status.id),
    state: status.state,
    creator: userJson(world.urls, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: deployment,
    repository_url: repository,
    environment_url: "",
    log_url: status.logUrl,
    performed_via_github_app: status.app ? appJson(world.urls, status.app) : null,
  };
}

export function releaseJson(world: World, repo: Repo, release: Release): Json {
  const url = `${repoUrl(world.urls, repo)}/releases/${release.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${repoPage(world.urls, repo)}/releases/tag/${encodeURIComponent(release.tag)}`,
    id: release.id,
    node_id: nodeId("Release", release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    author: userJson(world.urls, release.author),
    prerelease: release.prerelease,
    created_at: release.createdAt,
    published_at: release.publishedAt,
    assets: [],
    tarball_url: `${repoUrl(world.urls, repo)}/tarball/${release.tag}`,
    zipball_url: `${repoUrl(world.urls, repo)}/zipball/${release.tag}`,
    body: release.body,
  };
}
