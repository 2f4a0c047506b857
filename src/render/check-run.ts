import { checkName } from "../domain/decide/block-model.ts";
import { count } from "../domain/decide/verdict.ts";
import type { Decision, ItemState, Reason, Release } from "../domain/decision.ts";
import { writeExternalId } from "../domain/external-id.ts";
import type { Ledger } from "../domain/ledger.ts";
import { writeLedger } from "../domain/ledger-text.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { CheckAction, CheckContent } from "../domain/write.ts";
import { cut, inert } from "./inert.ts";
import { ledgerForPeople } from "./ledger.ts";
import { renderScope } from "./scope.ts";

/** GitHub's limit for `output.summary`. */
const summaryLimit = 65_535;
/** Titles are shown in one line of the list of checks. */
const titleLimit = 140;
/** So many items the example of a command names; more would be copied by nobody. */
const signedAtOnce = 10;

export interface CheckExtras {
  /** The announcement as it will be sent, in Markdown; null where nothing is announced. */
  readonly preview: string | null;
  /** What could not be written elsewhere: the block does not fit, the description may not be written. Plain text. */
  readonly troubles: readonly string[];
}

/** What the check run shall say. Null when nothing is to be said. */
export function renderCheck(
  decision: Decision,
  snapshot: Snapshot,
  extras: CheckExtras,
): CheckContent | null {
  if (decision.kind === "nothing" || decision.kind === "unable") return null;
  const base = {
    name: checkName(snapshot.pull.base.ref),
    externalId: writeExternalId({ pull: snapshot.pull.number, successor: null }),
    detailsUrl: null,
  };
  const foot = footOf(decision, snapshot);
  if (decision.kind === "pass")
    return {
      ...base,
      conclusion: "success",
      title: decision.title,
      summary: `${decision.summary}\n\n${foot}`,
      text: decision.ledger === null ? "" : (writeLedger(decision.ledger, "")?.text ?? ""),
      actions: [recheckButton],
    };
  if (decision.kind === "stuck")
    return {
      ...base,
      conclusion: decision.reasons.some(({ failed }) => failed) ? "failure" : "action_required",
      title: cut(oneLine(decision.title), titleLimit),
      summary: fitted([missing(decision.reasons, null), foot]),
      text:
        decision.ledger === null
          ? (snapshot.own.current?.text ?? "")
          : (writeLedger(decision.ledger, "")?.text ?? ""),
      actions: [recheckButton],
    };
  return { ...base, ...renderRelease(decision, snapshot, extras, foot) };
}

function renderRelease(
  release: Release,
  snapshot: Snapshot,
  extras: CheckExtras,
  foot: string,
): Pick<CheckContent, "conclusion" | "title" | "summary" | "text" | "actions"> {
  const record = writeLedger(release.ledger, ledgerForPeople(release, snapshot));
  if (record === null) return doesNotFit(release, foot);
  const cutNote =
    record.answersCutTo === null
      ? []
      : [
          `The record of this release is large: it keeps answers up to ${record.answersCutTo} characters and a fingerprint of the rest. The description holds them whole.`,
        ];
  const evaluate = release.config.evaluate && release.verdict.kind === "blocked";
  const summary = fitted([
    verdictLine(release),
    missing(release.reasons, howToSign(release, extras)),
    section("Good to know", [...extras.troubles, ...release.remarks, ...cutNote]),
    table(release.items),
    renderScope(release.contents),
    extras.preview === null ? "" : `### Announcement\n\n${extras.preview}`,
    foot,
  ]);
  return {
    conclusion: evaluate ? "success" : conclusionOf(release),
    title: titleOf(release),
    summary,
    text: record.text,
    actions: release.items.some(({ item }) => item.kind === "notify")
      ? [recheckButton, announceNow]
      : [recheckButton],
  };
}

/** A ledger that does not fit cannot be trusted to remember: the gate stays closed, and says so. */
function doesNotFit(
  release: Release,
  foot: string,
): Pick<CheckContent, "conclusion" | "title" | "summary" | "text" | "actions"> {
  return {
    conclusion: "failure",
    title: "Blocked: the record of sign-offs is too large",
    summary: fitted([
      "**Blocked.** The record of this release does not fit into what GitHub keeps for a check. Use fewer items or questions in the configuration.",
      table(release.items),
      foot,
    ]),
    text: "",
    actions: [recheckButton],
  };
}

export const recheckButton: CheckAction = {
  label: "Check again",
  description: "Look at everything afresh",
  identifier: "recheck",
};

const announceNow: CheckAction = {
  label: "Announce",
  description: "Post the announcement now",
  identifier: "announce",
};

function conclusionOf({ verdict }: Release): CheckContent["conclusion"] {
  if (verdict.kind !== "blocked") return "success";
  return verdict.failed ? "failure" : "action_required";
}

export function titleOf(release: Release): string {
  const { verdict, reasons } = release;
  const { done, all } = count(release);
  if (verdict.kind === "ready")
    return cut(oneLine(`Ready: ${done} of ${all} items done${inCharge(release)}`), titleLimit);
  if (verdict.kind === "overridden")
    return cut(oneLine(`Overridden by @${verdict.by}: ${verdict.reason}`), titleLimit);
  const [first, ...rest] = reasons;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : "";
  const word = release.config.evaluate ? "Would block" : "Blocked";
  const start = `${word}: ${oneLine(first?.short ?? "")}`;
  return cut(start, titleLimit - more.length) + more;
}

/** Only where the checklist asks for somebody in charge. */
function inCharge({ items }: Release): string {
  const named = items.find(({ item, state }) => item.kind === "assigned" && state === "done");
  return named === undefined ? "" : `, ${named.summary}`;
}

function verdictLine(release: Release): string {
  const { verdict } = release;
  const { done, all } = count(release);
  if (verdict.kind === "ready") return `**Ready to merge.** ${done} of ${all} items are done.`;
  if (verdict.kind === "overridden")
    return `**Overridden** by ${inert(`@${verdict.by}`)}: ${inert(verdict.reason)}. ${done} of ${all} items are done; the rest was not checked.`;
  return release.config.evaluate
    ? `**A trial: this would be blocked.** ${done} of ${all} items are done.`
    : `**Blocked.** ${done} of ${all} items are done.`;
}

const missing = (reasons: readonly Reason[], how: string | null): string => {
  const list = section(
    "What is missing",
    reasons.map((reason) => reason.long),
  );
  return list === "" || how === null ? list : `${list}\n\n${how}`;
};

/** Once for all, with a command to copy: ids are hidden in the description. */
function howToSign({ items }: Release, { troubles }: CheckExtras): string | null {
  const open = items.filter(
    ({ item, state, box }) => item.kind === "manual" && state === "waiting" && box === false,
  );
  if (open.length === 0) return null;
  const ids = open.slice(0, signedAtOnce).map(({ item }) => item.id);
  const tick = troubles.length === 0 ? "tick the box in the description, or " : "";
  return `To sign, ${tick}comment \`/checklist sign ${ids.join(" ")}\`.`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `### ${title}\n\n${lines.map((line) => `- ${inert(line)}`).join("\n")}`;

const marks: Readonly<Record<ItemState["state"], string>> = {
  done: "✅ done",
  waiting: "⏳ waiting",
  failed: "❌ failed",
  waived: "➖ waived",
  "not-needed": "➖ not needed",
};

function table(items: readonly ItemState[]): string {
  const rows = items.map(({ item, state, summary, evidence }) => {
    const links = evidence.slice(0, 5).map(({ label, url }) => `[${inert(label)}](${url})`);
    const optional = item.required ? "" : " (does not block)";
    return `| ${inert(item.title)}${optional} | ${marks[state]} | ${[inert(summary), ...links].join(" · ")} |`;
  });
  return ["| item | state | evidence |", "|---|---|---|", ...rows].join("\n");
}

function footOf(decision: Decision, snapshot: Snapshot): string {
  const { config } = snapshot;
  const sources = "commit" in config ? [config, ...(config.also ?? [])] : [];
  const named = sources.map(({ file, commit }) => `${inert(file)} at ${commit.slice(0, 7)}`);
  const rules = named.length === 0 ? "" : ` · ${named.join(", ")}`;
  const help = decision.kind === "release" ? " · comment `/checklist help` for help" : "";
  return `<sub>Release Checklist ${snapshot.app.version}${rules}${help}</sub>`;
}

/** The parts, parted by blank lines; what is too long gives way from the end of its longest part, the foot line stays. */
export function fitted(parts: readonly string[]): string {
  const shown = parts.filter((part) => part !== "");
  const text = shown.join("\n\n");
  if (text.length <= summaryLimit) return text;
  const foot = shown.at(-1) ?? "";
  const note = "\n\n… (shortened)\n\n";
  const room = summaryLimit - foot.length - note.length;
  const whole = shown.slice(0, -1).join("\n\n").slice(0, room);
  return `${whole.slice(0, Math.max(whole.lastIndexOf("\n"), 0))}${note}${foot}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Whether the ledger can be kept at all: otherwise the gate must not open. */
export const ledgerFits = (ledger: Ledger): boolean => writeLedger(ledger, "") !== null;
