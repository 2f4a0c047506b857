import { outcomeOf, type RecordItem, type ReleaseRecord } from "../domain/record/record.ts";
import { inDuration } from "./duration.ts";
import { cut, inert } from "./inert.ts";

/** Longest text of a person in a cell; the JSON holds it whole. */
const cellLimit = 300;

/** The record for people, in Markdown. */
export function recordTable(record: ReleaseRecord): string {
  return [
    "### Release record",
    headline(record),
    facts(record),
    items(record),
    exceptions(record),
    section(
      "Announced",
      record.announcements.flatMap(({ about, receipts }) =>
        receipts.map(
          ({ to, outcome, detail, at }) =>
            `${announced(about, record)} to ${inert(to)}: ${outcome} on ${day(at)} (${said(detail)})`,
        ),
      ),
    ),
    section(
      "Incidents",
      record.incidents.map(({ link, by, at }) => `${said(link)}, linked by ${person(by)} on ${day(at)}`),
    ),
    section(
      "Lessons",
      record.lessons.map(({ question, text, by }) => `${said(question)} — ${said(text)} (${person(by)})`),
    ),
    record.shortened
      ? "Texts or commits were cut to fit into what GitHub takes; the check of the merged commit holds the sign-offs whole."
      : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const verdicts: Readonly<Record<ReleaseRecord["verdict"], string>> = {
  ready: "Merged as ready",
  overridden: "Merged with the gate overridden",
  blocked: "Merged while blocked",
};

const results = {
  successful: "successful",
  "rolled-back": "rolled back",
  "follow-up": "needs a follow-up",
} as const;

function headline(record: ReleaseRecord): string {
  const { verdict, trial } = record;
  const outcome = outcomeOf(record);
  const merged =
    trial && verdict === "blocked" ? "Merged in a trial that would have blocked it" : verdicts[verdict];
  const ended = outcome === null ? "Outcome: still open" : `Outcome: ${results[outcome.result]}`;
  const note = outcome === null || outcome.note === "" ? "" : ` (${said(outcome.note)})`;
  return `**${merged}. ${ended}${note}.**`;
}

function facts(record: ReleaseRecord): string {
  const { pull, merge, times, range, followUp } = record;
  const outcome = outcomeOf(record);
  const since = (from: string | null, to: string | null) =>
    from === null || to === null ? "" : `, ${between(from, to)} later`;
  const rows: [string, string][] = [
    ["release", `${said(pull.title)}, by ${person(pull.author)}`],
    ["commit", `\`${pull.head}\` into ${inert(pull.base)}${mergedAs(pull.head, merge.commit)}`],
    ["opened", day(times.opened)],
    ["ready", times.ready === null ? "never" : `${day(times.ready)}${since(times.opened, times.ready)}`],
    ["merged", `${day(times.merged)}${since(times.ready, times.merged)}, by ${person(merge.by)}`],
    [
      "in production",
      times.deployed === null ? "not seen" : `${day(times.deployed)}${since(times.merged, times.deployed)}`,
    ],
    [
      "outcome",
      outcome === null ? "open" : `${results[outcome.result]}, ${day(outcome.at)}, by ${person(outcome.by)}`,
    ],
    [
      "brings",
      `${range.total} ${range.total === 1 ? "commit" : "commits"}${range.from === "base" ? "" : ` since ${inert(range.from)}`}`,
    ],
    ...(followUp === null
      ? []
      : [
          [
            "follow-up",
            `[#${followUp.number}](${target(followUp.url)})${followUp.closed === null ? "" : `, closed ${day(followUp.closed)}`}`,
          ] as [string, string],
        ]),
  ];
  return ["| | |", "|---|---|", ...rows.map(([label, text]) => `| ${label} | ${text} |`)].join("\n");
}

const mergedAs = (head: string, commit: string | null): string =>
  commit === null || commit === head ? "" : `, merged as \`${commit.slice(0, 7)}\``;

const states: Readonly<Record<RecordItem["state"], string>> = {
  done: "✅ done",
  waiting: "⏳ not done",
  failed: "❌ failed",
  waived: "➖ waived",
  "not-needed": "➖ not needed",
};

function items({ items, times }: ReleaseRecord): string {
  const rows = items.map((item) => {
    const optional = item.required ? "" : " (does not block)";
    const waited = item.done === null || item.state === "not-needed" ? "" : between(times.opened, item.done);
    return `| ${said(item.title)}${optional} | ${states[item.state]} | ${evidence(item)} | ${waited} |`;
  });
  return rows.length === 0
    ? ""
    : ["| item | state | evidence | open for |", "|---|---|---|---|", ...rows].join("\n");
}

function evidence(item: RecordItem): string {
  return [
    ...item.signs.map(({ by, at, commit }) => `${person(by)}, ${day(at)}, at \`${commit.slice(0, 7)}\``),
    ...item.answers.map(({ question, text }) => `${said(question)} — ${said(text)}`),
    ...(item.waiver === null ? [] : [`${person(item.waiver.by)}: ${said(item.waiver.reason)}`]),
    ...item.evidence.map(({ label, url }) => `[${inert(label)}](${target(url)})`),
  ].join(" · ");
}

function exceptions({ override, bypass }: ReleaseRecord): string {
  return section("Exceptions", [
    ...(override === null
      ? []
      : [`Overridden by ${person(override.by)} on ${day(override.at)}: ${said(override.reason)}`]),
    ...(bypass === null
      ? []
      : [
          `Merged past the gate by ${person(bypass.by)}${bypass.missing.length === 0 ? "" : `, without: ${bypass.missing.map(said).join("; ")}`}`,
        ]),
  ]);
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `#### ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;

const said = (text: string): string => inert(cut(text, cellLimit));
/** Without what could end the link or the cell. */
const target = (url: string): string =>
  url.replace(/[\s()<>|\\`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
const person = (login: string | null): string => (login === null ? "somebody unknown" : inert(`@${login}`));

/** What an announcement was about, by its key in the ledger. */
function announced(about: string, { items }: ReleaseRecord): string {
  if (about.startsWith("final:")) return "the outcome";
  if (about.startsWith("override:")) return "the override";
  if (about === "bypass") return "the merge past the gate";
  return said(items.find(({ id }) => id === about)?.title ?? about);
}

const day = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
const between = (from: string, to: string): string =>
  inDuration(Math.max(Date.parse(to) - Date.parse(from), 0));
