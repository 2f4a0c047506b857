import type { ParsedCommand } from "../../commands/command.ts";
import type { Party } from "../../config/checklist.ts";
import type { Saying } from "../../decision.ts";
import type { Right } from "../../sign-off/rights.ts";
import type { Comment } from "../../snapshot.ts";
import { type CommandOf, type Hearing, refusal, rightOf, type Stage, writers } from "./hearing.ts";

export function outcome(
  hearing: Hearing,
  comment: Comment,
  { status, note }: CommandOf<"outcome">,
): Saying | null {
  const right = mayTell(hearing, comment);
  if (right.may !== "yes") return refusal(right, "outcome");
  hearing.collected.outcomes.push({ status, note, by: comment.author.login, at: comment.at });
  return null;
}

export function incident(hearing: Hearing, comment: Comment, { link }: CommandOf<"incident">): Saying | null {
  const right = mayTell(hearing, comment);
  if (right.may !== "yes") return refusal(right, "incident");
  hearing.collected.incidents.push({ link, by: comment.author.login, at: comment.at });
  return null;
}

/** The final status, once more. */
export function sendAgain(hearing: Hearing, comment: Comment): Saying | null {
  const right = mayTell(hearing, comment);
  if (right.may !== "yes") return refusal(right, "announce");
  hearing.collected.again = comment.author.login;
  return null;
}

/** Whoever is in charge, whoever signs items of the follow-up, and everybody with write access. */
function mayTell(hearing: Hearing, comment: Comment): Right {
  const { checklist, snapshot } = hearing;
  const signers = checklist.items.flatMap((item) => (item.kind === "manual" ? item.signers.from : []));
  const inCharge = snapshot.pull.assignees.map((login) => ({ type: "user" as const, login }));
  return rightOf(hearing, comment, unique([...inCharge, ...signers, writers]));
}

const unique = (parties: readonly Party[]): readonly Party[] => [
  ...new Map(parties.map((one) => [JSON.stringify(one), one])).values(),
];

/** Why a command does nothing at this stage; null: it may. */
export function misplaced(kind: ParsedCommand["kind"], stage: Stage): string | null {
  const late = kind === "outcome" || kind === "incident";
  if (stage === "gate")
    return late ? `\`/checklist ${kind}\` is for a release that was merged. This one is still open.` : null;
  if (["wrong", "help", "status", "recheck", "announce"].includes(kind) || late) return null;
  if (stage === "merged" || kind === "override" || kind === "announced")
    return `This release was merged: \`/checklist ${kind}\` comes too late. \`/checklist outcome\` says how it ended.`;
  return null;
}
