import { attempt } from "../../github/errors.ts";
import { readBranch } from "./branch.ts";
import { type Diagnosis, fine, unseen, warning } from "./diagnosis.ts";
import { type Patient, shellQuoted } from "./patient.ts";

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** The rules of the gate stand on default branches: whoever can push there can change them. */
export async function diagnoseDefaultBranch(patient: Patient): Promise<Diagnosis[]> {
  return Promise.all(placesOf(patient).map((place) => diagnosePlace(patient, place)));
}

/** The repositories that hold the configuration and what it rests on, each once. */
function placesOf({ config, owner, repo }: Patient): readonly Place[] {
  const files =
    "file" in config
      ? [config.file, ...("also" in config ? (config.also ?? []) : []).map(({ file }) => file)]
      : [];
  const places = files.map((file): Place => {
    const [, ofOwner, ofRepo] = /^([\w.-]+)\/([\w.-]+):/.exec(file) ?? [];
    return ofOwner === undefined || ofRepo === undefined ? { owner, repo } : { owner: ofOwner, repo: ofRepo };
  });
  return [...new Map(places.map((place) => [`${place.owner}/${place.repo}`.toLowerCase(), place])).values()];
}

async function diagnosePlace(patient: Patient, { owner, repo }: Place): Promise<Diagnosis> {
  const { octokit } = patient;
  const here = owner === patient.owner && repo === patient.repo;
  const reading = await attempt("the rules", async () => {
    const name = here
      ? patient.defaultBranch
      : (await octokit.rest.repos.get({ owner, repo })).data.default_branch;
    return { name, branch: await readBranch(octokit, { owner, repo }, name) };
  });
  if (!reading.ok)
    return unseen(
      "default branch",
      `The rules of the default branch of ${owner}/${repo} cannot be read: ${reading.problem.why}.`,
    );
  const { name, branch } = reading.value;
  return branch?.guarded === true
    ? fine("default branch", `${name} of ${owner}/${repo}, where rules of the gate stand, is protected.`)
    : warning(
        "default branch",
        `Everybody with write access can push to ${name} of ${owner}/${repo}, and so change the checklist without a review.`,
        `echo ${shellQuoted(JSON.stringify(byPullRequest))} | gh api --method POST repos/${owner}/${repo}/rulesets --input -`,
      );
}

/** A ruleset by which changes of the default branch come by pull request, with a review. */
const byPullRequest = {
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
