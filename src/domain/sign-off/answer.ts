import { type Actor, sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import { type Answer, answerLimit } from "../ledger.ts";
import { clear, doubt } from "./clear.ts";
import type { AnswerOperation } from "./operation.ts";
import type { SettleContext, State } from "./standing.ts";

export function answer(
  state: State,
  operation: AnswerOperation,
  by: Actor | null,
  context: SettleContext,
): void {
  const { question, text, gap } = operation;
  const known = state.answers[question];
  const same = known?.hash === hash(text);
  if (gap !== undefined) {
    if (same) return;
    // One that was taken out comes back, and does not count either before somebody ticks again.
    if (text !== "") state.answers[question] = written(operation, null);
    doubt(state, gap, operation.at);
    return;
  }
  const again = same && known.by !== null && by !== null && sameName(known.by, by.login);
  if (!again && ((same && known.by === null) || isNewest(state, operation, known, context)))
    state.answers[question] = written(operation, by);
  const now = state.answers[question];
  if (now?.hash === hash(text) && now.at === operation.at && !operation.tied) state.answered.add(question);
  const who = by?.login ?? "somebody unknown";
  if (by === null || context.right(by).may !== "yes")
    clear(state, operation, "box", `${who} changed an answer`, context);
}

const written = ({ text, at, via }: AnswerOperation, by: Actor | null): Answer => ({
  text: text.slice(0, answerLimit),
  hash: hash(text),
  by: by?.login ?? null,
  at,
  ...(via === "comment" ? { via } : {}),
});

function isNewest(
  state: State,
  { at, question, text, was, tied, since }: AnswerOperation,
  known: Answer | undefined,
  context: SettleContext,
): boolean {
  if (known === undefined || at !== known.at) return known === undefined || at > known.at;
  if (since && known === state.base.answers[question]) return true;
  if (state.answered.has(question) && !tied) return true;
  context.undecided();
  // What it replaced stood there before.
  return was === known.hash || context.answers.get(question) === text;
}
