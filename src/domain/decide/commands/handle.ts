import type { CommandItem, ParsedCommand } from "../../commands/command.ts";
import { parseCommands } from "../../commands/parse.ts";
import type { Checklist } from "../../config/checklist.ts";
import type { Reply, Saying } from "../../decision.ts";
import type { Ledger } from "../../ledger.ts";
import type { Comment, Snapshot } from "../../snapshot.ts";
import type { Needs } from "../circumstances.ts";
import { incident, misplaced, outcome, sendAgain } from "./after-merge.ts";
import { announcement } from "./announcement.ts";
import { Collected, type Commanded } from "./commanded.ts";
import { override, waive } from "./except.ts";
import { type Hearing, note, refusal, rightOf, type Stage, writers } from "./hearing.ts";
import { sign } from "./sign.ts";

/** How many handled comments are remembered one by one. */
const remembered = 200;

/** So long, in milliseconds, GitHub's copies of a pull request may be behind its comments. */
const behind = 3_000;

/** Comments count once, from people, and only while nobody edited them: anyone with write access can edit anyone's. */
export function handleComments(
  checklist: Checklist,
  ledger: Ledger,
  snapshot: Snapshot,
  needs: Needs,
  stage: Stage = "gate",
): Commanded {
  const collected = new Collected();
  const hearing: Hearing = { checklist, heads: ledger.heads, snapshot, needs, stage, collected };
  const items = checklist.items.map(
    (item): CommandItem => ({
      id: item.id,
      kind: item.kind,
      ...(item.kind === "manual" ? { questions: item.questions } : {}),
    }),
  );
  const handled = new Set(ledger.comments.ids);
  const replies: Reply[] = [];
  let wait: number | null = null;
  for (const comment of snapshot.comments?.ok ? snapshot.comments.value : []) {
    if (comment.author.kind === "bot" || comment.id <= ledger.comments.through || handled.has(comment.id))
      continue;
    const commands = parseCommands(comment.body, items);
    if (commands.length === 0) continue;
    if (stage === "gate" && isNewer(comment, snapshot)) {
      wait = behind;
      continue;
    }
    handled.add(comment.id);
    replies.push(handle(hearing, comment, commands));
  }
  const ids = [...handled].sort((a, b) => a - b);
  const through = ids.length > remembered ? (ids.at(-remembered - 1) ?? 0) : ledger.comments.through;
  return { ...collected, wait, replies, comments: { through, ids: ids.filter((id) => id > through) } };
}

/**
 * Written after the pull request was read, whose `updated_at` every comment renews: what its author saw of it may be
 * newer as well. Where no copy ever shows that, the command is only late.
 */
const isNewer = ({ at }: Comment, { pull, readAt }: Snapshot): boolean =>
  at > pull.updatedAt && readAt - Date.parse(at) < behind;

function handle(hearing: Hearing, comment: Comment, commands: readonly ParsedCommand[]): Reply {
  const say = comment.edited
    ? [note("An edited comment does not count. Write the command in a new comment.")]
    : commands.map((command) => run(hearing, comment, command)).filter((saying) => saying !== null);
  const refused = say.some(({ kind }) => kind === "note" || kind === "refusal");
  return {
    comment: comment.id,
    author: comment.author.login,
    reaction: refused ? "confused" : "+1",
    say,
  };
}

/** Null: done, nothing to say. */
function run(hearing: Hearing, comment: Comment, command: ParsedCommand): Saying | null {
  const elsewhere = misplaced(command.kind, hearing.stage);
  if (elsewhere !== null) return note(elsewhere);
  switch (command.kind) {
    case "wrong":
      return note(command.why);
    case "help":
    case "status":
      return { kind: command.kind };
    case "recheck":
      return recheck(hearing, comment);
    case "sign":
    case "unsign":
      return sign(hearing, comment, command);
    case "waive":
      return waive(hearing, comment, command);
    case "override":
      return override(hearing, comment, command);
    case "outcome":
      return outcome(hearing, comment, command);
    case "incident":
      return incident(hearing, comment, command);
    case "announce":
      return hearing.stage === "gate" ? announcement(hearing, comment, command) : sendAgain(hearing, comment);
    case "announced":
      return announcement(hearing, comment, command);
  }
}

function recheck(hearing: Hearing, comment: Comment): Saying | null {
  const { snapshot, collected } = hearing;
  const isAuthor = comment.author.login.toLowerCase() === snapshot.pull.author.login.toLowerCase();
  const right = rightOf(hearing, comment, [writers]);
  if (right.may === "yes") collected.confirmed = true;
  return isAuthor || right.may === "yes" ? null : refusal(right, "recheck");
}
