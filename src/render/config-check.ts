import type { Checklist } from "../domain/config/checklist.ts";
import { differences } from "../domain/config/differences.ts";
import type { Finding } from "../domain/config/finding.ts";
import { hash } from "../domain/hash.ts";
import type { ConfigState, Snapshot } from "../domain/snapshot.ts";
import type { Annotation, CheckContent } from "../domain/write.ts";
import { fitted, recheckButton } from "./check-run.ts";
import { inert } from "./inert.ts";
import { list, sampleOf } from "./sample.ts";

export const CONFIG_CHECK = "Release checklist config";

/** What a pull request makes of the configuration. */
export interface ConfigReport {
  /** Of the files that it changes, and of those that these extend. */
  readonly findings: readonly Finding[];
  /** Paths that it changes, and where in them to show what is wrong with a file of another repository. */
  readonly anchors: ReadonlyMap<string, number>;
  readonly after: ConfigAfter;
}

/** What would stand on the default branch. */
export type ConfigAfter =
  | { readonly kind: "valid"; readonly file: string; readonly checklist: Checklist }
  | { readonly kind: "broken"; readonly file: string }
  /** The repository has none of its own then; what its owner's `.github` repository says. */
  | { readonly kind: "none"; readonly shared: ConfigState };

export interface ConfigCheck {
  readonly content: CheckContent;
  readonly annotations: readonly Annotation[];
}

/** What the check on a change of the configuration says. */
export function renderConfigCheck(report: ConfigReport, snapshot: Snapshot): ConfigCheck {
  const annotations = report.findings.map((finding) => annotationOf(finding, report));
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const warnings = report.findings.filter(({ severity }) => severity === "warning");
  const { after } = report;
  // Warnings of a file without a checklist are about one that was meant to be there.
  const meant = after.kind === "none" && warnings.length > 0;
  const failed = errors.length > 0 || after.kind === "broken" || meant;
  const summary = fitted([
    opening(report, snapshot, failed),
    list("Mistakes", errors.map(findingLine)),
    list("Warnings", warnings.map(findingLine)),
    changes(after, snapshot.config, snapshot),
    ...(after.kind === "valid" ? sampleOf(after.checklist, snapshot) : []),
    `<sub>Release Checklist ${snapshot.app.version} · this check blocks no release</sub>`,
  ]);
  const title = titleOf(after, errors.length, warnings.length);
  const name = CONFIG_CHECK;
  const conclusion = failed ? ("failure" as const) : ("success" as const);
  const text = "";
  return {
    annotations,
    content: {
      name,
      externalId: writeConfigId(snapshot.pull.number, annotations, hash(title + summary)),
      conclusion,
      title,
      summary,
      text,
      actions: [recheckButton],
      detailsUrl: null,
    },
  };
}

/** Of which pull request, with which annotations, which GitHub cannot take back, and what else it says. */
const writeConfigId = (pull: number, annotations: readonly Annotation[], said: string): string =>
  `${configIdOf(pull)}${hash(JSON.stringify(annotations))}:${said}`;

/** How the `external_id` of this check begins, in no way like that of a check with a ledger. */
export const configIdOf = (pull: number): string => `config:${pull}:`;

function annotationOf({ file, line, column, severity, message }: Finding, report: ConfigReport): Annotation {
  const level = severity === "error" ? ("failure" as const) : ("warning" as const);
  if (report.anchors.has(file)) return { path: file, line, level, message };
  const [path = file, anchor = 1] = [...report.anchors][0] ?? [];
  return { path, line: anchor, level, message: `${file}:${line}:${column}: ${message}` };
}

const findingLine = ({ file, line, column, message }: Finding): string =>
  `${file}:${line}:${column}: ${message}`;

function titleOf(after: ConfigAfter, errors: number, warnings: number): string {
  const doubts = warnings === 0 ? [] : [counted(warnings, "warning")];
  if (errors > 0) return [counted(errors, "mistake"), ...doubts].join(", ");
  if (after.kind === "valid") {
    const trial = after.checklist.enforcement === "evaluate" ? ", as a trial" : "";
    return [`Valid: ${counted(after.checklist.items.length, "item")}${trial}`, ...doubts].join(", ");
  }
  if (after.kind === "broken") return `Still broken: ${after.file}`;
  if (warnings > 0) return `Nothing is configured: ${doubts.join()}`;
  return "file" in after.shared ? `No checklist here: ${after.shared.file} holds` : "No release checklist";
}

function opening({ after }: ConfigReport, { pull, repo }: Snapshot, failed: boolean): string {
  const there = pull.base.ref === repo.defaultBranch ? [] : [laterOn(pull.base.ref, repo.defaultBranch)];
  const all = repo.name === ".github" ? [forAll(repo.owner)] : [];
  return [verdict(after, failed, repo.defaultBranch), ...all, ...there].join(" ");
}

const laterOn = (base: string, branch: string): string =>
  inert(`This pull request goes into ${base}; the configuration counts once it is on ${branch}.`);

const forAll = (owner: string): string =>
  inert(
    `It holds for every repository of ${owner} that has none of its own, and what it locks holds for all of them.`,
  );

function verdict(after: ConfigAfter, failed: boolean, branch: string): string {
  if (after.kind === "broken")
    return `**Broken.** ${inert(`If this were merged, the newest valid version of ${after.file} on ${branch} would go on deciding; without one, releases would be blocked.`)}`;
  if (after.kind === "valid")
    return failed
      ? "**It can be read, but not all of it would work.** Items that rely on what is not there would stay blocked, and what is locked stays as it is locked."
      : "**Valid.** Below is what people would see.";
  return failed
    ? "**Nothing would be configured.** The file has no key `checklist`, and it looks as if it were meant to have one."
    : `**No checklist of its own.** ${inert(sharedInWords(after.shared))}`;
}

/** What holds in a repository without a configuration of its own. */
function sharedInWords(shared: ConfigState): string {
  switch (shared.kind) {
    case "valid":
    case "outdated":
      return `Without it, ${shared.file} holds here: ${counted(shared.checklist.items.length, "item")}.`;
    case "broken":
      return `Without it, ${shared.file} would hold, and that is broken: releases would be blocked.`;
    case "unreadable":
      return `Whether the owner's .github repository has one cannot be read: ${shared.problem.why}. Until it can, everything would be blocked.`;
    case "none":
      return "Without it, nothing is asked of pull requests any more. Those that were releases stay blocked until there is a configuration again.";
  }
}

function changes(after: ConfigAfter, today: ConfigState, { repo }: Snapshot): string {
  const then = after.kind === "valid" ? after.checklist : sharedChecklist(after);
  if (then === null || after.kind === "broken") return "";
  if (!("checklist" in today)) {
    const why =
      today.kind === "none"
        ? `There is no checklist on ${repo.defaultBranch} today, so all of it is new.`
        : `What holds today cannot be told, because ${today.kind === "broken" ? `${today.file} is broken` : today.problem.why}.`;
    return `### What changes\n\n${inert(why)}`;
  }
  const lines = differences(today.checklist, then, repo.defaultBranch);
  return lines.length === 0
    ? "### What changes\n\nNothing: the checklist and its rules are the same as today."
    : list("What changes", lines);
}

const sharedChecklist = (after: ConfigAfter): Checklist | null =>
  after.kind === "none" && "checklist" in after.shared ? after.shared.checklist : null;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
