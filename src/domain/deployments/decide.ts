import type { Outcome } from "../checks/outcome.ts";
import { link, list, oneLine, quote, short } from "../checks/text.ts";
import type { DeploymentRef } from "../config/checklist.ts";
import { matcher } from "../glob.ts";
import type { Read } from "../problem.ts";
import type { Comparison } from "../snapshot.ts";
import { isEnvironmentGlob } from "./environment.ts";
import type { Deployment, EnvironmentFacts } from "./facts.ts";

export interface DeploymentContext {
  /** Full SHA of the commit that shall run there. */
  readonly headSha: string;
  /** By full SHA of a deployed commit: what changed since. Absent: not read yet. */
  readonly comparisons: ReadonlyMap<string, Read<Comparison>>;
  /** A later commit that contains this one will do as well. */
  readonly orLater?: boolean;
}

/** Commits that have to be compared with the head before anything can be said. */
export const commitsToCompare = (facts: readonly EnvironmentFacts[], headSha: string): string[] => [
  ...new Set(
    facts.flatMap(({ newest }) =>
      newest?.state === "success" && newest.sha !== headSha ? [newest.sha] : [],
    ),
  ),
];

/**
 * Whether this commit runs in an environment: its newest deployment succeeded, and is of this commit or of one that
 * differs only in files that do not matter. Where the name is a glob, every environment that matches must run it.
 */
export function decideDeployment(
  ref: DeploymentRef,
  facts: readonly EnvironmentFacts[],
  context: DeploymentContext,
): Outcome {
  const several = isEnvironmentGlob(ref.environment);
  const judged = facts.map((environment) => ({ environment, ...judge(ref, environment, context) }));
  const evidence = judged.flatMap(({ environment: { environment, newest } }) =>
    newest === null ? [] : link(environment, newest.url),
  );
  const [first] = judged;
  if (first === undefined)
    return {
      ...red("unknown", "no such environment", `No environment matches ${quote(ref.environment)}.`),
      evidence,
    };
  const worst = judged.toSorted((a, b) => severity[b.state] - severity[a.state])[0] ?? first;
  const cautions = judged.flatMap(({ environment }) => cautionOf(environment));
  const green = judged.filter(({ state }) => state === "green").length;
  const name = oneLine(worst.environment.environment);
  return {
    state: worst.state,
    summary: !several
      ? worst.summary
      : worst.state === "green"
        ? `${green} of ${judged.length} run it`
        : `${name} ${worst.summary}`,
    diagnosis: judged
      .filter(({ state }) => state === worst.state && state !== "green")
      .slice(0, 3)
      .map(({ diagnosis }) => diagnosis)
      .join(" "),
    caution: cautions.length === 0 ? null : cautions.join(" "),
    evidence,
  };
}

type Judged = Pick<Outcome, "state" | "summary" | "diagnosis">;

const severity: Readonly<Record<Outcome["state"], number>> = { green: 0, waiting: 1, unknown: 2, failed: 3 };

function judge(ref: DeploymentRef, facts: EnvironmentFacts, context: DeploymentContext): Judged {
  const { newest, discounted } = facts;
  const name = oneLine(facts.environment);
  if (newest === null) {
    const who = whose(discounted);
    return who === null
      ? red("unknown", "never deployed to", `Nothing was deployed to ${name} yet. Deploy this commit there.`)
      : red(
          "unknown",
          "deployed by nobody who counts",
          `The deployments to ${name} are by ${who}, and only those of apps count: deploy with an app, or list the account under "by".`,
        );
  }
  const at = short(newest.sha);
  switch (newest.state) {
    case "success":
      return judgeCommit(ref, newest, name, context);
    case "failure":
    case "error":
      return red(
        "failed",
        `deployment of ${at} failed`,
        `The newest deployment to ${name}, of ${at}, failed. Repair it, and deploy this commit.`,
      );
    case "inactive":
      return red(
        "unknown",
        `deployment of ${at} is not active`,
        `The newest deployment to ${name}, of ${at}, is marked as inactive. Deploy this commit.`,
      );
    default: {
      const state = newest.state === null ? "was requested" : `is ${newest.state.replace("_", " ")}`;
      const what = newest.sha === context.headSha ? "this commit" : `${at}, another commit than this one`;
      return red("waiting", `deploying ${at}`, `A deployment of ${what} to ${name} ${state}.`);
    }
  }
}

function judgeCommit(
  ref: DeploymentRef,
  { sha }: Deployment,
  name: string,
  { headSha, comparisons, orLater = false }: DeploymentContext,
): Judged {
  const at = short(sha);
  const head = short(headSha);
  if (sha === headSha) return { state: "green", summary: `runs ${at}`, diagnosis: "" };
  const comparison = comparisons.get(sha);
  if (comparison === undefined) return red("unknown", "not read yet", "");
  const orOther = ref.ignore.length === 0 ? "" : ", or a commit that differs only in what the item ignores";
  if (!comparison.ok)
    return red(
      "unknown",
      `runs ${at}, another commit`,
      `${name} runs ${at}, which cannot be compared with ${head}: ${comparison.problem.why}. Deploy ${head}.`,
    );
  const { sameTree, paths, complete } = comparison.value;
  if (sameTree) return { state: "green", summary: `runs ${at}, with the same content`, diagnosis: "" };
  if (orLater && comparison.value.commits === 0)
    return { state: "green", summary: `runs ${at}, which contains it`, diagnosis: "" };
  const ignored = ref.ignore.length === 0 ? () => false : matcher(ref.ignore, "path");
  const differing = paths.filter((path) => !ignored(path));
  if (complete && differing.length === 0) {
    const where = list(paths.slice(0, 3).map(oneLine));
    const more = paths.length > 3 ? `, and ${paths.length - 3} more files that do not matter` : "";
    return { state: "green", summary: `runs ${at}, which differs only in ${where}${more}`, diagnosis: "" };
  }
  const away = distance(comparison.value);
  const [one] = differing;
  const files =
    one === undefined
      ? "GitHub does not list all files in which they differ"
      : `they differ in ${oneLine(one)}${differing.length > 1 ? ` (and ${differing.length - 1} more)` : ""}`;
  return red(
    "waiting",
    `runs ${at}, ${away}`,
    `${name} runs ${at}, ${away}; ${files}. Deploy ${head}${orOther}.`,
  );
}

/** `3 commits behind`, or what it has that this release lacks. */
function distance({ commits, removed }: Comparison): string {
  const parts = [
    ...(commits > 0 || removed === 0 ? [`${plural(commits, "commit")} behind`] : []),
    ...(removed > 0 ? [`with ${plural(removed, "commit")} that this release lacks`] : []),
  ];
  return parts.join(" and ");
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What does not count cannot open a gate, but may well be what runs there. */
function cautionOf({ environment, newest, discounted }: EnvironmentFacts): string[] {
  const who = whose(discounted);
  if (newest === null || who === null) return [];
  return [
    `A newer deployment to ${oneLine(environment)} by ${who} does not count, since only those of apps and of accounts under "by" do: look at what really runs there.`,
  ];
}

function whose(discounted: EnvironmentFacts["discounted"]): string | null {
  return discounted.length === 0
    ? null
    : list(
        [
          ...new Set(
            discounted.map((actor) => (actor === null ? "a deleted account" : `\`${actor.login}\``)),
          ),
        ].slice(0, 3),
      );
}

const red = (state: "failed" | "unknown" | "waiting", summary: string, diagnosis: string): Outcome => ({
  state,
  summary,
  diagnosis,
  caution: null,
  evidence: [],
});
