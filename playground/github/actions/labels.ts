import { labelJson } from "../json/issue.ts";
import type { Actor, Issue, Label, Repo } from "../model.ts";
import type { World } from "../world.ts";
import { emitIssue } from "./issues.ts";

/** The labels of a repository, and of what is in it. */

export function createLabel(
  world: World,
  repo: Repo,
  name: string,
  by: Actor,
  color = "ededed",
  description?: string,
): Label {
  const label = { id: world.id(), name, color, description: description ?? null, default: false };
  repo.labels.set(name.toLowerCase(), label);
  world.emit({
    event: "label",
    action: "created",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label) }),
  });
  return label;
}

function labelOf(repo: Repo, name: string): Label {
  const label = repo.labels.get(name.toLowerCase());
  if (!label) throw new Error(`There is no label ${name}`);
  return label;
}

export function renameLabel(world: World, repo: Repo, name: string, to: string, by: Actor): void {
  const label = labelOf(repo, name);
  repo.labels.delete(name.toLowerCase());
  repo.labels.set(to.toLowerCase(), label);
  label.name = to;
  world.emit({
    event: "label",
    action: "edited",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label), changes: { name: { from: name } } }),
  });
}

/** What carried the label loses it without an event of its own. */
export function deleteLabel(world: World, repo: Repo, name: string, by: Actor): void {
  const label = labelOf(repo, name);
  repo.labels.delete(name.toLowerCase());
  for (const issue of repo.issues.values()) issue.labels = issue.labels.filter((one) => one !== label);
  world.emit({
    event: "label",
    action: "deleted",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label) }),
  });
}

export function addLabels(world: World, issue: Issue, names: readonly string[], by: Actor): void {
  for (const name of names) {
    if (issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) continue;
    const label = issue.repo.labels.get(name.toLowerCase()) ?? createLabel(world, issue.repo, name, by);
    issue.labels = [...issue.labels, label];
    issue.updatedAt = world.now();
    emitIssue(world, issue, "labeled", by, () => ({ label: labelJson(world, issue.repo, label) }));
  }
}

export function removeLabel(world: World, issue: Issue, name: string, by: Actor): boolean {
  const label = issue.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!label) return false;
  issue.labels = issue.labels.filter((one) => one !== label);
  issue.updatedAt = world.now();
  emitIssue(world, issue, "unlabeled", by, () => ({ label: labelJson(world, issue.repo, label) }));
  return true;
}
