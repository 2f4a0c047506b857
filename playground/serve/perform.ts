import { ApiError, Refused } from "../github/errors.ts";
import type { IssueHandle, PullHandle } from "../github/index.ts";
import type { Action } from "./action.ts";
import { configurationFile } from "./configuration-file.ts";
import { withAnswer, withBox } from "./hands.ts";
import { machinesOf, reportedOf } from "./machines/index.ts";
import type { Doing } from "./machines/machine.ts";
import type { Outcome } from "./view.ts";
import { closed, opened } from "./window.ts";
import type { PageWorld } from "./world.ts";

/** Does it as GitHub's page would, or says why GitHub refuses. */
export function perform(world: PageWorld, what: Action): Outcome {
  world.tick();
  try {
    return act(world, what) ?? { ok: true };
  } catch (error) {
    if (error instanceof Refused || error instanceof ApiError) return refusal(error);
    throw error;
  }
}

function refusal(error: Refused | ApiError): Outcome {
  const reasons = error instanceof Refused ? error.reasons : [];
  // The reasons stand at the end of the message as well.
  const [message = error.message] = error.message.split(`: ${reasons.join("; ")}`);
  return { ok: false, message: reasons.length === 0 ? error.message : message, reasons };
}

function act(world: PageWorld, what: Action): Outcome | undefined {
  const { stage } = world;
  const { repo } = stage;
  switch (what.do) {
    case "edit": {
      const thread = threadOf(world, what.number);
      if (thread.body !== what.was) return changedMeanwhile;
      thread.edit({ by: what.by, body: what.body, viaWeb: true });
      return;
    }
    case "box":
      return change(world, what, (body) => withBox(body, what, what.ticked));
    case "answer":
      return change(world, what, (body) => withAnswer(body, what.item, what.question, what.text));
    case "comment":
      threadOf(world, what.number).comment({ by: what.by, body: what.body });
      return;
    case "assign":
      return assign(threadOf(world, what.number), what.whom, what.by);
    case "merge":
      repo.pull(what.number).merge({ by: what.by });
      return;
    case "press":
      return press(world, what);
    case "report":
      return report(world, what.machine, what.how);
    case "push":
      push(world, repo.pull(what.number), what.by, what.what);
      return;
    case "delete-block":
      return deleteBlock(threadOf(world, what.number), what.by);
    case "bot-rewrite":
      repo.pull(what.number).edit({ by: "notes[bot]", body: rewritten(repo.pull(what.number)) });
      return;
    case "window": {
      const text = repo.file(configurationFile) ?? "";
      const next = what.to === "closed" ? closed(text, stage.now()) : opened(text);
      configure(world, what.by, next, what.to === "closed" ? "Close the window" : "Open the window");
      return;
    }
    case "configure":
      configure(world, what.by, what.text, "Change the release checklist", what.number);
      return;
  }
}

const changedMeanwhile: Outcome = {
  ok: false,
  message: "The description has changed meanwhile.",
  reasons: ["Look at it as it is now, and do it again."],
};

const threadOf = ({ stage: { repo } }: PageWorld, number: number): IssueHandle | PullHandle =>
  repo.record.pulls.has(number) ? repo.pull(number) : repo.issue(number);

/** Changes the description as it is at this moment. */
function change(
  world: PageWorld,
  { by, number }: { readonly by: string; readonly number: number },
  how: (body: string) => string | null,
): Outcome | undefined {
  const thread = threadOf(world, number);
  const body = how(thread.body);
  if (body === null) return changedMeanwhile;
  thread.edit({ by, body, viaWeb: true });
  return;
}

function assign(thread: IssueHandle | PullHandle, whom: string, by: string): undefined {
  for (const login of thread.assignees) if (login !== whom) thread.unassign(login, { by });
  if (whom !== "" && !thread.assignees.includes(whom)) thread.assign(whom, { by });
}

function press(
  { stage: { repo }, scene }: PageWorld,
  { by, check, button }: Extract<Action, { do: "press" }>,
): Outcome | undefined {
  const runs = [scene.pull, ...repo.pulls].flatMap(({ headSha }) => repo.checkRuns(headSha));
  const run = runs.find(({ id }) => id === check);
  if (run === undefined) return { ok: false, message: "This check is not the newest any more.", reasons: [] };
  run.requestAction(button, { by });
  return;
}

function report({ stage, scene: { pull } }: PageWorld, id: string, how: Doing): Outcome | undefined {
  const machine = machinesOf(stage, pull).find((one) => one.id === id);
  if (machine === undefined)
    return { ok: false, message: `No item "${id}" waits for a report.`, reasons: [] };
  machine.report(reportedOf(pull), how);
  return;
}

/** Each push changes something, however often it is pressed. */
function push({ stage }: PageWorld, pull: PullHandle, by: string, what: "code" | "migration"): void {
  const count = pull.record.head.sequence;
  const change =
    what === "code"
      ? {
          files: { "src/cart.ts": `export const cart = new Map();\nexport const revision = ${count};\n` },
          message: "Polish the cart",
        }
      : {
          files: {
            [`db/migrations/${count}-cart-total.sql`]: `alter table carts add column total_${count} bigint;\n`,
          },
          message: "Keep the total of a cart",
        };
  stage.repo.push(pull.head, { ...change, by });
}

const block = /(\r?\n)*<!-- release-checklist:begin -->[\s\S]*<!-- release-checklist:end -->/;

function deleteBlock(thread: IssueHandle | PullHandle, by: string): Outcome | undefined {
  if (!block.test(thread.body))
    return { ok: false, message: "The description holds no checklist to delete.", reasons: [] };
  thread.edit({ by, body: thread.body.replace(block, ""), viaWeb: true });
  return;
}

const rewritten = (pull: PullHandle): string =>
  `## Release notes\n\n- ${pull.record.head.message.split("\n")[0]}\n\n_Written by a bot, in place of all that stood here._\n`;

function configure(
  { stage: { repo } }: PageWorld,
  by: string,
  text: string,
  message: string,
  onto: number | null = null,
): void {
  const branch = onto === null ? repo.record.defaultBranch : repo.pull(onto).head;
  repo.push(branch, { files: { [configurationFile]: text }, message, by });
}
