import { load } from "js-yaml";
import { matcher } from "../../domain/glob.ts";

/** What a workflow of GitHub Actions tells about itself. */
export interface Workflow {
  /** `ci.yml`. */
  readonly file: string;
  readonly name: string;
  readonly jobs: readonly Job[];
  /** It runs on the head of a release pull request. */
  readonly onReleases: boolean;
  /** What its steps use: `googleapis/release-please-action`. */
  readonly uses: readonly string[];
}

export interface Job {
  /** The name of its check run, or a pattern of the names, as with a matrix. */
  readonly check: string;
  readonly environment: string | null;
}

/** Heads that release pull requests usually have. */
const releaseHeads = ["release/1.0", "hotfix/1", "release-please--branches--main", "changeset-release/main"];

/** Null: it is no workflow that can be understood. */
export function readWorkflow(path: string, text: string): Workflow | null {
  let plain: unknown;
  try {
    plain = load(text);
  } catch {
    return null;
  }
  if (!isMap(plain) || !isMap(plain.jobs)) return null;
  const file = path.replace(/^.*\//, "");
  const jobs = Object.entries(plain.jobs).filter((entry): entry is [string, Map] => isMap(entry[1]));
  return {
    file,
    name: typeof plain.name === "string" ? plain.name : file,
    jobs: jobs.map(([id, job]) => ({ check: checkOf(id, job), environment: environmentOf(job) })),
    onReleases: runsOnReleases(plain.on),
    uses: jobs.flatMap(([, job]) => usesOf(job)),
  };
}

type Map = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Map =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asList = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

/** A run is named after its job; with a matrix the values follow, and a job of another workflow after a slash. */
function checkOf(id: string, job: Map): string {
  const name = typeof job.name === "string" ? job.name : id;
  const fixed = name.replace(/\$\{\{.*?\}\}/g, "*");
  const matrix = isMap(job.strategy) && job.strategy.matrix !== undefined;
  const own = matrix && fixed === name ? `${fixed} (*)` : fixed;
  return typeof job.uses === "string" ? `${own} / *` : own;
}

function environmentOf({ environment }: Map): string | null {
  const name = isMap(environment) ? environment.name : environment;
  return typeof name === "string" && !name.includes("${{") ? name : null;
}

const usesOf = (job: Map): string[] =>
  asList(job.steps).flatMap((step) =>
    isMap(step) && typeof step.uses === "string" ? [step.uses.replace(/@.*$/, "")] : [],
  );

/** By `pull_request`, or by a `push` to the head. */
function runsOnReleases(on: unknown): boolean {
  const events = isMap(on) ? Object.keys(on) : asList(on);
  if (events.some((event) => event === "pull_request" || event === "pull_request_target")) return true;
  // After a deployment its checks stand on the commit that was deployed.
  if (events.includes("deployment_status")) return true;
  if (!events.includes("push")) return false;
  const push = isMap(on) ? on.push : undefined;
  if (!isMap(push)) return true;
  if (push.branches === undefined) return push.tags === undefined;
  const patterns = asList(push.branches).filter((one) => typeof one === "string");
  return releaseHeads.some(matcher(patterns, "branch"));
}
