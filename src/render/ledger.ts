import type { Release } from "../domain/decision.ts";
import type { ItemEntry } from "../domain/ledger.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { cut, inert } from "./inert.ts";

/** What the check's details show of the record: who signed what, when and at which commit, with the answers. */
export function ledgerForPeople(release: Release, snapshot: Snapshot): string {
  const parts = release.items.flatMap(({ item }) => {
    const entry = release.ledger.items[item.id];
    if (entry === undefined || !isWorthShowing(entry)) return [];
    const questions = item.kind === "manual" ? item.questions : [];
    return [
      `**${inert(item.title)}**`,
      ...entry.signs.map(
        (sign) =>
          `- signed by ${inert(`@${sign.by}`)} on ${sign.at} at \`${sign.sha.slice(0, 7)}\` by ${sign.via}`,
      ),
      ...questions.flatMap(({ id, text }) => {
        const answer = entry.answers[id];
        if (answer === undefined || answer.text === "") return [];
        const by = answer.by === null ? "somebody unknown" : inert(`@${answer.by}`);
        return [`- ${inert(text)} — ${inert(cut(answer.text, 300))} (${by}, ${answer.at})`];
      }),
      ...(entry.waiver === null
        ? []
        : [
            `- waived by ${inert(`@${entry.waiver.by}`)} on ${entry.waiver.at} at \`${entry.waiver.sha.slice(0, 7)}\`: ${inert(entry.waiver.reason)}`,
          ]),
      ...(entry.ended === null
        ? []
        : entry.ended.signs.map(
            (sign) =>
              `- the sign-off of ${inert(`@${sign.by}`)} from ${sign.at} ended: ${inert(entry.ended?.why ?? "")}`,
          )),
      "",
    ];
  });
  const { override } = release.ledger;
  if (override !== null)
    parts.push(
      `**Override** by ${inert(`@${override.by}`)} on ${override.at} at \`${override.sha.slice(0, 7)}\`: ${inert(override.reason)}`,
    );
  const revision = `Record of pull request ${snapshot.pull.number}, revision ${release.ledger.revision}. Only this app can write it.`;
  return ["### Record", "", revision, "", ...parts].join("\n").trimEnd();
}

const isWorthShowing = (entry: ItemEntry): boolean =>
  entry.signs.length > 0 ||
  entry.waiver !== null ||
  entry.ended !== null ||
  Object.values(entry.answers).some((answer) => answer.text !== "");
