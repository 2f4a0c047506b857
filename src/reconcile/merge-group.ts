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
  /** Looks at a pull request now, so that it has a verdict on its head; resolves when it was looked at. */
  readonly look: (pull: number) => Promise<void>;
}

/**
 * Answers a merge group on its own head: success only if every pull request that it lands is ready or no release, by
 * the verdict on its own head. GitHub carries no pull request's check over, and counts silence as failure.
 */
export async function answerMergeGroup(context: GroupContext, group: MergeGroup): Promise<void> {
  const { octokit, name, app } = context;
  const queue = await readMergeQueue(octokit, name, group.base);
  const ahead = queue.ok ? queue.value.slice(0, queue.value.indexOf(group.pull) + 1) : [];
  // An entry that is gone from the queue has left it; its group lands nothing, and only its own verdict is told.
  const pulls = ahead.length > 0 ? ahead : [group.pull];
  const standings = await Promise.all(pulls.map((pull) => standingOf(context, pull, group.base)));
  const verdict = decideGroup(
    standings,
    queue.ok ? null : `${queue.problem.what} cannot be read: ${queue.problem.why}`,
  );
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

async function standingOf(context: GroupContext, pull: number, base: string): Promise<Standing> {
  const known = await readStanding(context, pull, base);
  if (known.conclusion !== null) return known;
  await context.look(pull);
  return readStanding(context, pull, base);
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
