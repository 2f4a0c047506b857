import { finalKey, type Merge, outcomeOf } from "../domain/after/merge.ts";
import type { Ledger } from "../domain/ledger.ts";
import { forPeople } from "../domain/ledger-text.ts";
import { inert } from "./inert.ts";

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
          `- outcome: ${outcome.status}, ${outcome.by === null ? "since every item is done" : `said by ${who(outcome.by)}`} on ${outcome.at}${outcome.note === null ? "" : `: ${inert(outcome.note)}`}`,
        ]),
    ...(told?.receipts ?? []).map(
      ({ to, outcome: how, at, detail }) =>
        `- final status to ${inert(to)}: ${how} on ${at} (${inert(detail)})`,
    ),
  ];
}

const who = (login: string | null): string => (login === null ? "somebody unknown" : inert(`@${login}`));
