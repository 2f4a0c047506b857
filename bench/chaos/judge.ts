import type { Slack } from "../../playground/slack/index.ts";
import { checkName, type ItemId, itemIds, titles } from "./checklist.ts";
import type { ChaoticLife } from "./life.ts";

/** What the check says, and the description shows. */
export interface Standing {
  readonly conclusion: string | null;
  readonly title: string;
  readonly done: ReadonlySet<ItemId>;
  readonly unclear: boolean;
  /** The record says that an announcement was claimed, and not what became of it. */
  readonly claimed: boolean;
  readonly ticked: ReadonlySet<ItemId>;
}

export function standingOf({ repo, pull }: ChaoticLife): Standing {
  // GitHub counts the run that was created last.
  const run = repo.checkRuns(pull.headSha, checkName).at(-1);
  const { title, summary } = run?.record.output ?? {};
  // The head may have moved on since the claim was written.
  const ownRuns = [...repo.record.checkRuns.values()].filter(({ name }) => name === checkName);
  const rowOf = (id: ItemId): string =>
    (summary ?? "").split("\n").find((line) => line.startsWith(`| ${titles[id]} |`)) ?? "";
  const isTicked = (id: ItemId) => new RegExp(`^- \\[x\\].*<!-- item:${id} -->`, "m").test(pull.body);
  return {
    conclusion: run?.conclusion ?? null,
    title: title ?? "",
    done: new Set(itemIds.filter((id) => rowOf(id).includes("✅"))),
    unclear: rowOf("tell").includes("unclear"),
    claimed: ownRuns.some((one) => /"state":\s*"claimed"/.test(one.output.text ?? "")),
    ticked: new Set(itemIds.filter(isTicked)),
  };
}

export const messagesOf = ({ repo }: ChaoticLife, slack: Slack): number =>
  slack.messages.filter((message) => JSON.stringify(message.payload).includes(repo.fullName)).length;

export interface Verdict {
  readonly problems: readonly string[];
  readonly announced: "once" | "unclear" | "not due";
}

/** What is not as it must be at the end. `mayBeUnclear`: a process was killed between claim and receipt. */
export function judge(life: ChaoticLife, slack: Slack, mayBeUnclear: boolean): Verdict {
  const { truth, prose, pull, post } = life;
  const standing = standingOf(life);
  const messages = messagesOf(life, slack);
  const problems: string[] = [];
  const expect = (right: boolean, problem: string): void => {
    if (!right) problems.push(problem);
  };
  const others = itemIds.filter((id) => id !== "tell");
  for (const id of others) {
    const is = truth.has(id);
    expect(standing.done.has(id) === is, `${id} is ${is ? "" : "not "}done, and the check says otherwise`);
    expect(standing.ticked.has(id) === is, `${id} is ${is ? "" : "not "}done, and its box shows otherwise`);
  }
  const allElse = others.every((id) => truth.has(id));
  const due = post === "on-tick" ? truth.has("tell") : allElse;
  const announced = standing.unclear ? "unclear" : messages > 0 ? "once" : "not due";
  if (standing.unclear) {
    expect(mayBeUnclear, "the announcement is unclear although no kill fell between claim and receipt");
    expect(messages <= 1, `the announcement arrived ${messages} times`);
  } else if (due) expect(messages === 1, `the announcement arrived ${messages} times instead of once`);
  // One that was sent when all was done stays sent when something is taken back later.
  else expect(messages <= (post === "when-ready" ? 1 : 0), `${messages} announcements although none was due`);
  const green = allElse && standing.done.has("tell") && !standing.unclear;
  expect(
    !due || standing.unclear || standing.done.has("tell"),
    "the announcement arrived, and the check says otherwise",
  );
  expect(
    (standing.conclusion === "success") === green,
    `the check is ${standing.conclusion}: ${standing.title}`,
  );
  for (const line of prose) expect(pull.body.includes(line), `the line "${line}" is lost`);
  return { problems, announced };
}
