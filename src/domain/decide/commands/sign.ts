import type { Saying } from "../../decision.ts";
import { headless } from "../../sign-off/tick.ts";
import type { Comment, Snapshot } from "../../snapshot.ts";
import { type PersonItem, rightToSign } from "../circumstances.ts";
import { dismissRule } from "../stale.ts";
import type { Collected } from "./commanded.ts";
import { type CommandOf, type Hearing, headOf, refusals, why } from "./hearing.ts";

/** `sign` and `unsign`: null when all of it was done. */
export function sign(
  hearing: Hearing,
  comment: Comment,
  { kind, items, ...command }: CommandOf<"sign" | "unsign">,
): Saying | null {
  const { checklist, snapshot, needs, collected } = hearing;
  const reasons: string[] = [];
  for (const id of items) {
    const item = checklist.items.find((one) => one.id === id);
    if (item === undefined || (item.kind !== "manual" && item.kind !== "notify")) {
      reasons.push(`\`${id}\` is decided by the app`);
      continue;
    }
    const right = rightToSign(item, comment.author, snapshot, needs);
    if (right.may !== "yes") {
      reasons.push(`\`${id}\`: ${why(right)}`);
      continue;
    }
    // It is told below the item as well, until somebody signs.
    if (kind === "sign" && isHeadless(hearing, item, comment)) reasons.push(`\`${id}\`: ${headless}`);
    addTick(collected, item, comment, snapshot, kind === "sign" ? "tick" : "untick");
    if ("answers" in command) addAnswers(collected, item, comment, command.answers);
  }
  return refusals(reasons);
}

const isHeadless = (hearing: Hearing, item: PersonItem, comment: Comment): boolean =>
  dismissRule(item, hearing.snapshot) !== false && headOf(hearing, comment) === null;

export function addTick(
  collected: Collected,
  item: PersonItem,
  { author: by, at }: Comment,
  { pull }: Pick<Snapshot, "pull">,
  kind: "tick" | "untick",
): void {
  const { sha } = pull.head;
  collected.add({ item: item.id, by, at, head: sha, tied: false, kind, sha, via: "comment" });
}

function addAnswers(
  collected: Collected,
  item: PersonItem,
  { author: by, at }: Comment,
  answers: readonly string[],
): void {
  if (item.kind !== "manual") return;
  item.questions.forEach((question, index) => {
    const text = answers[index];
    if (text === undefined || text === "") return;
    const base = { item: item.id, by, at, head: null, tied: false };
    collected.add({ ...base, kind: "answer", question: question.id, text, was: null, via: "comment" });
  });
}
