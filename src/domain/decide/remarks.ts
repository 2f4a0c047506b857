import type { Checklist } from "../config/checklist.ts";
import type { Finding } from "../config/finding.ts";
import type { Ledger } from "../ledger.ts";
import type { ReleaseMatch } from "../release.ts";
import type { ConfigState, Snapshot } from "../snapshot.ts";
import { shortSha } from "./circumstances.ts";
import { migrationRemarks } from "./migration-remarks.ts";
import { holds } from "./release-item.ts";

export interface RemarksInput {
  readonly checklist: Checklist;
  readonly match: ReleaseMatch;
  readonly ledger: Ledger;
  readonly cautions: readonly string[];
  readonly snapshot: Snapshot;
}

/** Where the rules are not those that somebody wrote last. */
function configRemarks(config: ConfigState): string[] {
  if (config.kind === "broken") {
    const { file, findings } = config;
    return [
      `${file} is broken${placeOf(findings)}, so that only what the organisation locks is asked for. Repair the file.`,
    ];
  }
  if (!("checklist" in config)) return [];
  const sources = [...(config.kind === "outdated" ? [config] : []), ...(config.also ?? [])];
  const broken = sources.filter(({ findings }) => findings.length > 0);
  const loosened = config.kind === "valid" ? (config.loosened ?? []) : [];
  return [
    ...broken.map(
      ({ file, commit, findings }) =>
        `${file} is broken${placeOf(findings)}. Its last valid version, ${shortSha(commit)}, goes on deciding until it is repaired.`,
    ),
    ...loosened.map(
      ({ file, line, message }) => `${file}, line ${line}: ${message}. The locked form counts.`,
    ),
  ];
}

const placeOf = ([first]: readonly Finding[]): string =>
  first === undefined ? "" : ` (line ${first.line}: ${first.message})`;

/** What the check says besides what is missing: limits that apply, and what ended. Plain text. */
export function remarksOf(input: RemarksInput): string[] {
  const { checklist, match, ledger, snapshot } = input;
  const { config } = snapshot;
  const remarks: string[] = [];
  remarks.push(...configRemarks(config));
  if (!match.release)
    remarks.push("No release rule matches any more, but once a release, always one: the checklist stays.");
  else if (match.dodgeable)
    remarks.push(
      "Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.",
    );
  for (const [id, entry] of Object.entries(ledger.items)) {
    const item = checklist.items.find((candidate) => candidate.id === id);
    if (item === undefined) continue;
    if (entry.ended !== null && entry.signs.length === 0) {
      const who = entry.ended.signs.map(
        (sign) => `${sign.by} (${sign.at.slice(0, 10)} at ${shortSha(sign.sha)})`,
      );
      remarks.push(`${item.title}: the sign-off of ${who.join(", ")} has ended: ${entry.ended.why}.`);
    }
    if (entry.waiver !== null && entry.waiver.tree !== snapshot.pull.tree)
      remarks.push(
        `${item.title}: the waiver of ${entry.waiver.by} held for ${shortSha(entry.waiver.sha)} and has ended with that content.`,
      );
  }
  if (ledger.override !== null && !holds(ledger.override, snapshot))
    remarks.push(
      `The override of ${ledger.override.by} held for ${shortSha(ledger.override.sha)} and has ended with that content.`,
    );
  return [...remarks, ...migrationRemarks(checklist, snapshot), ...new Set(input.cautions)];
}
