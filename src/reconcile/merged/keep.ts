import { checkName } from "../../domain/decide/block-model.ts";
import { writeExternalId } from "../../domain/external-id.ts";
import type { Ledger } from "../../domain/ledger.ts";
import { type LedgerText, writeLedger } from "../../domain/ledger-text.ts";
import type { ReleaseRecord } from "../../domain/record/record.ts";
import type { OwnRuns, Snapshot } from "../../domain/snapshot.ts";
import type { CheckContent } from "../../domain/write.ts";
import { PassingFault } from "../../github/errors.ts";
import { mergedForPeople } from "../../render/after-merge.ts";
import { summaryWithRecord } from "../../render/record.ts";
import { difference, revise } from "../plan.ts";
import type { Scribe } from "../write.ts";

/** Writes the ledger into the check of the last head; what that check says of the merge stays as it was. */
export async function keep(
  after: Ledger,
  { own, pull }: Snapshot,
  { apply }: Scribe,
  record: ReleaseRecord | null = null,
): Promise<OwnRuns> {
  const ledger = revise(after, own.ledger);
  const content = mergedCheck(ledger, record, own, pull);
  const write = difference(content, own.current, pull.head.sha);
  if (write === null) return { ...own, ledger };
  const applied = await apply(write);
  if (applied.outcome !== "done") throw new PassingFault(`${applied.problem.what}: ${applied.problem.why}`);
  const run = { ...content, id: applied.id, pull: pull.number, sha: pull.head.sha };
  return { ...own, current: run, ledger };
}

function mergedCheck(
  ledger: Ledger,
  record: ReleaseRecord | null,
  { current }: OwnRuns,
  pull: Snapshot["pull"],
): CheckContent {
  const text = writtenLedger(ledger, mergedForPeople(current?.text ?? "", ledger));
  if (text === null) throw new PassingFault("the record of the release is larger than a check can hold");
  const conclusion = current?.conclusion;
  return {
    name: checkName(pull.base.ref),
    externalId: writeExternalId({ pull: pull.number, successor: null }),
    conclusion: conclusion === "success" || conclusion === "failure" ? conclusion : "action_required",
    title: current?.title ?? "Merged before the app looked at this commit",
    summary: summaryWithRecord(
      current?.summary ?? "This commit was merged before there was a verdict about it.",
      record,
    ),
    text: text.text,
    actions: [],
    detailsUrl: null,
  };
}

/** How the items stood stands in the signed record as well: that goes first where there is no room. */
const writtenLedger = (ledger: Ledger, people: string): LedgerText | null =>
  writeLedger(ledger, people) ??
  writeLedger({ ...ledger, merge: ledger.merge && { ...ledger.merge, items: [] } }, people);
