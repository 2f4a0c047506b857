import type { Decision, ItemState } from "../../domain/decision.ts";
import { inOneLine } from "../../domain/problem.ts";
import type { ConfigSource, Snapshot } from "../../domain/snapshot.ts";
import { harmless } from "../harmless.ts";
import type { Observed } from "./observe-once.ts";
import { plannedWrites } from "./writes.ts";

/** The look for people: what was seen, what follows, and what would be written. */
export function asText(observed: Observed): string {
  const { snapshot, decision, plan } = observed;
  const title = decision.kind === "nothing" ? decision.why : (plan.content?.title ?? "");
  const writes = plannedWrites(observed);
  const lines = [
    ...pullLines(snapshot),
    ...configLines(snapshot),
    ledgerLine(snapshot),
    `Read as ${observed.as}, decided as ${snapshot.app.slug} (app ${snapshot.app.id})`,
    ...(observed.knowsTargets ? [] : ["NOTIFICATION_TARGETS is not set: every target counts as known"]),
    "",
    `Decision: ${title}`,
    ...decisionLines(decision),
    "",
    writes.length === 0
      ? "The app would write nothing: all is written already."
      : "The app would, in this order:",
    ...writes.flatMap(({ what, lines }) => [`  ${what}`, ...lines.map((line) => `    ${line}`)]),
  ];
  return lines.map((line) => harmless(line).trimEnd()).join("\n");
}

function pullLines({ repo, pull }: Snapshot): string[] {
  const { number, title, author, head, base, merged, state, draft } = pull;
  const labels = pull.labels.length === 0 ? "" : `, labels ${pull.labels.join(", ")}`;
  const now = merged ? "merged" : draft ? "draft" : state;
  return [
    `${repo.owner}/${repo.name}#${number}: ${title}`,
    `${head.ref}${head.fork ? " (of a fork)" : ""} at ${head.sha.slice(0, 7)} into ${base.ref}, by ${author.login}, ${now}${labels}`,
  ];
}

function configLines({ config }: Snapshot): string[] {
  switch (config.kind) {
    case "none":
      return ["No configuration was read"];
    case "unreadable":
      return [`Configuration: ${config.problem.what} cannot be read: ${config.problem.why}`];
    case "broken":
      return [`Configuration: ${config.file} is broken`, ...config.findings.map(finding)];
    case "outdated":
      return [
        `Configuration: ${config.file} at ${config.commit.slice(0, 7)}, an older version, for the newest is broken`,
        ...config.findings.map(finding),
        ...(config.also ?? []).flatMap(source),
      ];
    case "valid":
      return [
        `Configuration: ${config.file} at ${config.commit.slice(0, 7)}`,
        ...(config.loosened ?? []).map(finding),
        ...(config.also ?? []).flatMap(source),
      ];
  }
}

/** Another file that the configuration rests on. */
const source = ({ file, commit, findings }: ConfigSource): string[] => [
  `  with ${file} at ${commit.slice(0, 7)}${findings.length > 0 ? ", an older version, for the newest is broken" : ""}`,
  ...findings.map(finding),
];

const finding = ({
  file,
  line,
  column,
  message,
}: {
  file: string;
  line: number;
  column: number;
  message: string;
}) => `  ${file}:${line}:${column}: ${message}`;

function ledgerLine({ own }: Snapshot): string {
  const run = own.current === null ? "no check on the head yet" : `check ${own.current.id} on the head`;
  const ledger = own.ledger === null ? "no record" : `record with revision ${own.ledger.revision}`;
  const damaged = own.damaged === null ? "" : `; ${inOneLine(own.damaged)}`;
  return `${run}, ${ledger}${damaged}`.replace(/^./, (first) => first.toUpperCase());
}

function decisionLines(decision: Decision): string[] {
  if (decision.kind === "nothing") return [];
  if (decision.kind === "pass") return [`  ${decision.summary}`];
  if (decision.kind === "unable") return [`  ${inOneLine(decision.problem)}`];
  if (decision.kind === "stuck")
    return section(
      "What is missing",
      decision.reasons.map(({ long }) => long),
    );
  const width = Math.max(0, ...decision.items.map(({ item }) => item.title.length));
  return [
    ...decision.items.map((state) => `  ${itemLine(state, width)}`),
    ...section(
      "What is missing",
      decision.reasons.map(({ long }) => long),
    ),
    ...section("Good to know", decision.remarks),
  ];
}

const itemLine = ({ item, state, summary }: ItemState, width: number): string =>
  `${state.padEnd("not-needed".length)}  ${item.title.padEnd(width)}  ${summary}`;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  - ${line}`)];
