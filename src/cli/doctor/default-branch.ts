import { attempt } from "../../github/errors.ts";
import { readBranch } from "./branch.ts";
import { type Diagnosis, fine, unseen, warning } from "./diagnosis.ts";
import { type Patient, shellQuoted } from "./patient.ts";

/** The rules of the gate stand on a default branch: whoever can push there can change them. */
export async function diagnoseDefaultBranch(patient: Patient): Promise<Diagnosis[]> {
  const { octokit, config, owner } = patient;
  const file = "file" in config ? config.file : "";
  const [, shared] = /^[\w.-]+\/([\w.-]+):/.exec(file) ?? [];
  const repo = shared ?? patient.repo;
  const reading = await attempt("the rules", async () => {
    const branch =
      shared === undefined
        ? patient.defaultBranch
        : (await octokit.rest.repos.get({ owner, repo })).data.default_branch;
    return { name: branch, branch: await readBranch(octokit, { owner, repo }, branch) };
  });
  if (!reading.ok)
    return [
      unseen(
        "default branch",
        `The rules of the default branch of ${owner}/${repo} cannot be read: ${reading.problem.why}.`,
      ),
    ];
  const { name, branch } = reading.value;
  if (branch?.guarded === true)
    return [fine("default branch", `${name} of ${owner}/${repo}, where the rules stand, is protected.`)];
  const ruleset = {
    name: "Changes by pull request",
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: false,
          require_code_owner_review: false,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
    ],
  };
  return [
    warning(
      "default branch",
      `Everybody with write access can push to ${name} of ${owner}/${repo}, and so change the checklist without a review.`,
      `echo ${shellQuoted(JSON.stringify(ruleset))} | gh api --method POST repos/${owner}/${repo}/rulesets --input -`,
    ),
  ];
}
