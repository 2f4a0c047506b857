import { parseConfig } from "../../domain/config/parse.ts";
import type { Octokit } from "../../github/client.ts";
import { attempt } from "../../github/errors.ts";
import type { RepoName } from "../../github/read/account.ts";
import { readPages } from "../../github/read/pages.ts";
import { readSource } from "../../github/read/source.ts";
import { usualFiles } from "../config-file.ts";
import { readBranch } from "../doctor/branch.ts";
import { codeownersPaths } from "./codeowners.ts";
import type { Repository } from "./shape.ts";

/** What GitHub tells of a repository that is not at hand. */
export async function readFromGitHub(octokit: Octokit, name: RepoName): Promise<Repository> {
  const { data } = await octokit.rest.repos.get({ owner: name.owner, repo: name.repo });
  const ref = data.default_branch;
  const [tree, branches, settings] = await Promise.all([
    octokit.rest.git.getTree({ ...name, tree_sha: ref, recursive: "1" }),
    readPages(
      (page) => octokit.rest.repos.listBranches({ ...name, ...page }),
      (data) => data,
    ),
    readSettings(octokit, name, ref),
  ]);
  const paths = tree.data.tree.flatMap(({ path, type }) => (type === "blob" && path ? [path] : []));
  const read = async (path: string): Promise<string | null> =>
    paths.includes(path)
      ? ((await readSource(octokit, { repo: name, path, ref: null, label: path }))?.text ?? null)
      : null;
  const workflows = paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const [texts, owners] = await Promise.all([
    Promise.all(workflows.map(async (path): Promise<[string, string]> => [path, (await read(path)) ?? ""])),
    Promise.all(codeownersPaths.map(read)),
  ]);
  return {
    owner: name.owner,
    defaultBranch: ref,
    branches: branches.map((branch) => branch.name),
    paths,
    workflows: new Map(texts),
    codeowners: owners.find((text) => text !== null) ?? null,
    ...settings,
  };
}

/** What no working copy tells. What this token may not see counts as none. */
export async function readSettings(
  octokit: Octokit,
  name: RepoName,
  defaultBranch: string,
): Promise<Pick<Repository, "environments" | "requiredChecks" | "organisation">> {
  const [environments, branch, organisation] = await Promise.all([
    attempt("the environments", () =>
      readPages(
        (page) => octokit.rest.repos.getAllEnvironments({ ...name, ...page }),
        (data) => data.environments ?? [],
      ),
    ),
    attempt("the rules", () => readBranch(octokit, name, defaultBranch)),
    attempt("the organisation's file", () => organisationFile(octokit, name)),
  ]);
  return {
    environments: environments.ok ? environments.value.map((one) => one.name) : [],
    requiredChecks: branch.ok ? (branch.value?.required.map((check) => check.name) ?? []) : [],
    organisation: organisation.ok ? organisation.value : null,
  };
}

/** The file that holds for repositories without one, where it has a checklist. */
async function organisationFile(octokit: Octokit, { owner, repo }: RepoName): Promise<string | null> {
  if (repo === ".github") return null;
  for (const path of usualFiles) {
    const label = `${owner}/.github:${path}`;
    const source = await readSource(octokit, { repo: { owner, repo: ".github" }, path, ref: null, label });
    if (source !== null && parseConfig(source.text, label).kind !== "none") return label;
  }
  return null;
}
