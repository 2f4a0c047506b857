import { checkName } from "../domain/decide/block-model.ts";
import { decideGroup, type MergeGroup, type Standing } from "../domain/merge-group.ts";
import { applyWrite } from "../github/apply.ts";
import type { Octokit } from "../github/client.ts";
import { attempt, PassingFault } from "../github/errors.ts";
import type { RepoName } from "../github/read/account.ts";
import type { Identity } from "../github/read/identity.ts";
import { readMergeQueue } from "../github/read/merge-queue.ts";
import { listOwnRuns } from "../github/read/own-run.ts";
import { inert } from "../render/inert.ts";

export interface GroupContext {
  readonly octokit: Octokit;
  readonly name: RepoName;
  readonly app: Identity;
  /** Asks for a look at a pull request, so that it has a verdict on its head; resolves when it was looked at, or when that is stored. */
  readonly look: (pull: number) => Promise<void>;
  /** How long to wait for a look that was only stored, in milliseconds, one time after the other. */
  readonly waits: readonly number[];
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Answers a merge group on its own head: success only if every pull request that it lands is ready or no release, by
 * the verdict on its own head. GitHub carries no pull request's check over, and counts silence as failure.
 */
export async function answerMergeGroup(context: GroupContext, group: MergeGroup): Promise<void> {
  const { octokit, name, app } = context;
  const { pulls, problem } = await readLanding(context, group);
  const standings = await Promise.all(pulls.map((pull) => standingOf(context, pull, group.base)));
  const verdict = decideGroup(standings, problem);
  const own = (await listOwnRuns(octokit, name, group.head, app.id)).findLast(
    (run) => run.name === checkName(group.base),
  );
  const content = {
    name: checkName(group.base),
    externalId: `group:${group.pull}`,
    conclusion: verdict.conclusion,
    title: verdict.title,
    summary: `A merge queue lands what its pull requests have earned on their own heads:\n\n${verdict.lines.map((line) => `- ${inert(line)}`).join("\n")}`,
    text: "",
    actions: [],
    detailsUrl: null,
  };
  if (own?.conclusion === content.conclusion && own.summary === content.summary) return;
  const applied = await applyWrite(
    { octokit, repo: name, app },
    own
      ? { kind: "update-check", id: own.id, ...content }
      : { kind: "create-check", headSha: group.head, ...content },
  );
  if (applied.outcome === "refused")
    throw new PassingFault(`the check of the merge group was refused: ${applied.problem.why}`);
}

/** The pull requests that the group lands; with a problem these may not be all. */
async function readLanding(
  context: GroupContext,
  group: MergeGroup,
): Promise<{ readonly pulls: readonly number[]; readonly problem: string | null }> {
  const queue = await readMergeQueue(context.octokit, context.name, group.base);
  if (!queue.ok)
    return {
      pulls: [group.pull],
      problem: `${queue.problem.what} cannot be read: ${queue.problem.why}`,
    };
  const place = queue.value.indexOf(group.pull);
  if (place >= 0) return { pulls: queue.value.slice(0, place + 1), problem: null };
  // Gone from the queue, or not listed yet: then the commit below tells of what is ahead.
  const known = await isAheadReady(context, group);
  return {
    pulls: [group.pull],
    problem: known ? null : `the merge queue does not list #${group.pull}, nor what is ahead of it`,
  };
}

/** Nothing is ahead of the group, or we have found the group ahead ready, with all that is ahead of that. */
async function isAheadReady({ octokit, name, app }: GroupContext, group: MergeGroup): Promise<boolean> {
  const [{ data: branch }, runs] = await Promise.all([
    octokit.rest.repos.getBranch({ ...name, branch: group.base }),
    listOwnRuns(octokit, name, group.onto, app.id),
  ]);
  if (branch.commit.sha === group.onto) return true;
  const ours = runs.filter(
    (run) => run.name === checkName(group.base) && run.externalId.startsWith("group:"),
  );
  return ours.toSorted((a, b) => b.id - a.id)[0]?.conclusion === "success";
}

async function standingOf(context: GroupContext, pull: number, base: string): Promise<Standing> {
  const known = await readStanding(context, pull, base);
  if (known.conclusion !== null) return known;
  await context.look(pull);
  for (const wait of context.waits) {
    const standing = await readStanding(context, pull, base);
    if (standing.conclusion !== null) return standing;
    await context.sleep(wait);
  }
  const standing = await readStanding(context, pull, base);
  // A failure would throw the entry out of the queue; without an answer GitHub waits, and delivers this again.
  if (standing.conclusion === null && context.waits.length > 0)
    throw new PassingFault(`#${pull} was not looked at yet`);
  return standing;
}

async function readStanding(
  { octokit, name, app }: GroupContext,
  pull: number,
  base: string,
): Promise<Standing> {
  const reading = await attempt(`#${pull}`, async () => {
    const { data } = await octokit.rest.pulls.get({ ...name, pull_number: pull });
    const runs = await listOwnRuns(octokit, name, data.head.sha, app.id);
    return runs.filter((run) => run.name === checkName(base)).toSorted((a, b) => b.id - a.id)[0] ?? null;
  });
  if (!reading.ok) return { pull, conclusion: "failure", title: `cannot be read: ${reading.problem.why}` };
  return { pull, conclusion: reading.value?.conclusion ?? null, title: reading.value?.title ?? "" };
}
