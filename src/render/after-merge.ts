import { followUpMarker } from "../domain/after/marker.ts";
import { finalKey, type Merge, outcomeOf, outcomeWords, type ReleaseOutcome } from "../domain/after/merge.ts";
import { helpText } from "../domain/commands/help.ts";
import type { Item } from "../domain/config/checklist.ts";
import type { Reply } from "../domain/decision.ts";
import type { Ledger } from "../domain/ledger.ts";
import { forPeople } from "../domain/ledger-text.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { replyMarker } from "./comments.ts";
import { cut, inert } from "./inert.ts";

const heading = "### After the merge";

/** What the check's details show: what stood there at the merge, and what followed. */
export function mergedForPeople(before: string, ledger: Ledger): string {
  const { merge } = ledger;
  const shown = forPeople(before);
  const start = shown.indexOf(`\n${heading}\n`);
  const record = (start === -1 ? shown : shown.slice(0, start)).trimEnd();
  return merge === null ? record : [record, "", heading, "", ...lines(merge, ledger)].join("\n").trimStart();
}

function lines(merge: Merge, ledger: Ledger): string[] {
  const { followUp, incidents } = merge;
  const outcome = outcomeOf(merge);
  const told = outcome === null ? undefined : ledger.announcements[finalKey(outcome)];
  return [
    `- merged by ${who(merge.by)} on ${merge.at} as \`${merge.sha.slice(0, 7)}\`${merge.bypassed ? ", although the check did not allow it" : ""}`,
    ...(merge.bypassed ? merge.reasons.map((reason) => `  - ${inert(reason)}`) : []),
    ...(followUp?.url ? [`- follow-up: <${followUp.url}>`] : []),
    ...incidents.map(({ link, by, at }) => `- incident, linked by ${who(by)} on ${at}: ${inert(link)}`),
    ...(outcome === null
      ? []
      : [
          `- outcome: ${outcomeWords[outcome.status]}, ${saidBy(outcome)} on ${outcome.at}${outcome.note === null ? "" : `: ${inert(outcome.note)}`}`,
        ]),
    ...(told?.receipts ?? []).map(
      ({ to, outcome: how, at, detail }) =>
        `- final status to ${inert(to)}: ${how} on ${at} (${inert(detail)})`,
    ),
  ];
}

const saidBy = ({ by, via }: ReleaseOutcome): string => {
  if (by === null) return "since every item is done,";
  return via === "items" ? `the last item done by ${who(by)},` : `said by ${who(by)}`;
};

const who = (login: string | null): string => (login === null ? "somebody unknown" : inert(`@${login}`));

/** The title of the follow-up issue. */
export const followUpTitle = ({ pull }: Snapshot): string =>
  cut(`Follow-up: ${pull.title.replace(/\s+/g, " ").trim()} (#${pull.number})`, titleLimit);

/** GitHub takes 256 characters. */
const titleLimit = 200;

/** What stands above the checklist of a new follow-up: what was merged, by whom, and what was agreed on before. */
export function followUpIntro(
  merge: Merge,
  ledger: Ledger,
  gate: readonly Item[],
  snapshot: Snapshot,
): string {
  const { pull } = snapshot;
  const agreed = gate.flatMap((item) =>
    item.kind === "manual"
      ? item.questions.flatMap(({ id, text }) => {
          const answer = ledger.items[item.id]?.answers[id]?.text ?? "";
          return answer.trim() === "" ? [] : [`- ${inert(text)} ${inert(cut(answer, 500))}`];
        })
      : [],
  );
  return [
    followUpMarker(pull.number, merge.sha),
    `The release **${inert(pull.title)}** (${pull.url}) was merged into \`${pull.base.ref.replaceAll("`", "")}\` by ${who(merge.by)} on ${minute(merge.at)} as ${merge.sha}.`,
    "",
    `In charge: ${charge(merge, snapshot)}`,
    ...(merge.bypassed
      ? [
          "",
          "**It was merged although the check did not allow it.** What was missing then:",
          "",
          ...merge.reasons.map((reason) => `- ${inert(reason)}`),
        ]
      : []),
    ...(merge.verdict === "overridden" && ledger.override !== null
      ? ["", `**The gate was overridden** by ${who(ledger.override.by)}: ${inert(ledger.override.reason)}`]
      : []),
    ...(agreed.length > 0 ? ["", "**Agreed on before the merge**", "", ...agreed] : []),
  ].join("\n");
}

const charge = ({ by }: Merge, { pull }: Snapshot): string =>
  pull.assignees.length > 0
    ? pull.assignees.map((login) => inert(`@${login}`)).join(", ")
    : by === null
      ? "nobody"
      : `${who(by)}, since nobody was assigned to the pull request`;

const minute = (at: string): string => `${at.slice(0, 16).replace("T", " ")} UTC`;

/** The reply to a comment after the merge; null when the reaction says it all. */
export function lateReply(
  reply: Reply,
  { merge, items, open }: { merge: Merge; items: readonly Item[]; open: readonly string[] },
): string | null {
  if (reply.say.length === 0) return null;
  const outcome = outcomeOf(merge);
  const parts = reply.say.map((saying): string => {
    if (saying.kind === "help")
      return helpText(
        items.map((item) => ({
          id: item.id,
          kind: item.kind,
          ...(item.kind === "manual" ? { questions: item.questions } : {}),
        })),
        "after",
      );
    if (saying.kind === "refusal") return inert(saying.text);
    if (saying.kind === "note") return saying.text;
    return [
      `**${outcome === null ? "The outcome is not known yet" : `Outcome: ${outcomeWords[outcome.status]}`}**`,
      ...(merge.followUp?.url ? ["", `Follow-up: <${merge.followUp.url}>`] : []),
      ...(open.length > 0 ? ["", ...open.map((line) => `- ${inert(line)}`)] : []),
    ].join("\n");
  });
  return [...parts, replyMarker(reply.comment)].join("\n\n");
}

export const reminderMarker = (pull: number): string => `<!-- release-checklist:reminder:${pull} -->`;

/** Reminds whoever is in charge, with a live mention: being told is what this comment is for. */
export const reminder = (assignees: readonly string[], open: readonly string[], pull: number): string =>
  [
    `${assignees.length === 0 ? "" : `${assignees.map((login) => `@${login}`).join(" ")} `}Nothing has moved here for a day. Still open:`,
    "",
    ...open.map((line) => `- ${inert(line)}`),
    "",
    reminderMarker(pull),
  ].join("\n");
