import { deploymentJson, deploymentStatusJson } from "../json/deployment.ts";
import type { Actor, Deployment, DeploymentStatus, Repo } from "../model.ts";
import type { World } from "../world.ts";

/** An environment; the same again changes nothing. */
export function createEnvironment(world: World, repo: Repo, name: string): void {
  if (repo.environments.has(name)) return;
  repo.environments.set(name, { id: world.id(), name, createdAt: world.now() });
}

export interface DeploymentFields {
  sha: string;
  ref: string;
  environment: string;
  task?: string;
  description?: string | null;
  payload?: unknown;
}

export function createDeployment(world: World, repo: Repo, fields: DeploymentFields, by: Actor): Deployment {
  const now = world.now();
  const deployment: Deployment = {
    id: world.id(),
    repo,
    sha: fields.sha,
    ref: fields.ref,
    task: fields.task ?? "deploy",
    environment: fields.environment,
    description: fields.description ?? null,
    payload: fields.payload ?? {},
    creator: by.account,
    app: by.app,
    statuses: [],
    createdAt: now,
    updatedAt: now,
  };
  repo.deployments.push(deployment);
  createEnvironment(world, repo, fields.environment);
  world.emit({
    event: "deployment",
    action: "created",
    repo,
    sender: by.account,
    payload: () => ({ deployment: deploymentJson(world, deployment), workflow: null, workflow_run: null }),
  });
  return deployment;
}

export interface DeploymentStatusFields {
  state: string;
  description?: string;
  targetUrl?: string;
  logUrl?: string;
  environment?: string;
}

export function addDeploymentStatus(
  world: World,
  deployment: Deployment,
  fields: DeploymentStatusFields,
  by: Actor,
) {
  const status: DeploymentStatus = {
    id: world.id(),
    deployment,
    state: fields.state,
    description: fields.description ?? "",
    environment: fields.environment ?? deployment.environment,
    targetUrl: fields.targetUrl ?? fields.logUrl ?? "",
    logUrl: fields.logUrl ?? "",
    creator: by.account,
    app: by.app,
    createdAt: world.now(),
  };
  deployment.statuses.push(status);
  deployment.updatedAt = status.createdAt;
  world.emit({
    event: "deployment_status",
    action: "created",
    repo: deployment.repo,
    sender: by.account,
    payload: () => ({
      deployment_status: deploymentStatusJson(world, status),
      deployment: deploymentJson(world, deployment),
      check_run: null,
      workflow: null,
      workflow_run: null,
    }),
  });
  return status;
}
