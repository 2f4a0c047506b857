import { ELSEWHERE } from "../block/identity.ts";
import type { BlockReading } from "../block/reading.ts";
import type { Checklist, ReleaseRule } from "../config/checklist.ts";
import { beforeMerge } from "../config/phases.ts";
import type { Decided, Decision, Reason, Release } from "../decision.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import { inOneLine, type Problem } from "../problem.ts";
import { defaultReleaseRules, matchRelease, type ReleaseMatch } from "../release.ts";
import type { Snapshot } from "../snapshot.ts";
import { withoutRecord } from "./block-model.ts";
import { Needs, shortSha } from "./circumstances.ts";
import { freezing } from "./freeze.ts";
import { decideRelease } from "./release.ts";

/** How to read the block, with the lines that the app wrote into it. */
export type ReadBody = (body: string, ledger: Ledger) => BlockReading;

/**
 * The decision about one pull request: pure, so that it can be tested, repeated and shown without being carried out.
 * `needs` not being empty means that it does not stand before these were read.
 *
 * @param now Milliseconds since the epoch.
 */
export function decide(snapshot: Snapshot, now: number): Decided {
  const needs = new Needs();
  const decision = decideKind(snapshot, now, needs);
  return { decision, needs: needs.list };
}

function decideKind(snapshot: Snapshot, now: number, needs: Needs): Decision {
  const { pull, own, config } = snapshot;
  if (pull.state === "closed") return { kind: "nothing", why: pull.merged ? "merged" : "closed" };
  const ledger = own.ledger ?? emptyLedger(pull.number);
  const match = matchOf(snapshot);
  const release = match.release || ledger.release;
  const decider = deciderOf(snapshot, release, needs);
  if (decider !== null) return elsewhere(decider, snapshot, release);
  if (own.unreadable !== undefined) return unable(own.unreadable, release);
  if (own.damaged !== null) return unread(own.damaged, own.ledger);
  switch (config.kind) {
    case "none":
      return ledger.release
        ? stuck(
            "the configuration is gone",
            "This was a release pull request, and now no release checklist is configured. Restore the configuration on the default branch, or open a new pull request.",
            own.ledger,
          )
        : decideUnconfigured(snapshot, needs);
    case "unreadable":
      return unread(config.problem, own.ledger);
    case "broken":
      return decideBroken(config, release, { ...ledger, release: true }, snapshot, now, needs);
    default:
      return release
        ? decideGate(config.checklist, match, { ...ledger, release: true }, snapshot, now, needs)
        : decideOther(config.checklist, snapshot, needs);
  }
}

/** Only what is due before the merge holds it up. */
const decideGate: typeof decideRelease = (checklist, ...rest) =>
  decideRelease({ ...checklist, items: beforeMerge(checklist.items) }, ...rest);

/** How the gate of a release stood when it was merged; null where nobody can tell by which rules. */
export function gateAtMerge(snapshot: Snapshot, now: number, needs: Needs): Release | null {
  const { config, own } = snapshot;
  return "checklist" in config && own.ledger !== null
    ? decideGate(config.checklist, matchOf(snapshot), own.ledger, snapshot, now, needs)
    : null;
}

/**
 * Nobody knows the rules: what the default ones, or those that are still known, call a release is closed, and what
 * goes elsewhere than into the default branch. What is left may repair the file, and is held to what the organisation
 * locks.
 */
function decideBroken(
  config: Extract<Snapshot["config"], { kind: "broken" }>,
  release: boolean,
  ledger: Ledger,
  snapshot: Snapshot,
  now: number,
  needs: Needs,
): Decision {
  const { pull, repo, own } = snapshot;
  const { locked, release: rules = [] } = config;
  const byDefault = matchBy(defaultReleaseRules, snapshot).release;
  const elsewhere = pull.base.ref !== repo.defaultBranch;
  if (byDefault || elsewhere || matchBy(rules, snapshot).release) return stuckByFindings(config, own.ledger);
  const match = locked === undefined ? null : matchBy(locked.release, snapshot);
  if (locked !== undefined && match?.release) return decideGate(locked, match, ledger, snapshot, now, needs);
  return release
    ? stuckByFindings(config, own.ledger)
    : { kind: "pass", title: "Not a release pull request", summary: brokenPass(config), ledger: null };
}

/** What is no release passes, unless the base is frozen for one that is ready. */
function decideOther(checklist: Checklist, snapshot: Snapshot, needs: Needs): Decision {
  const pass: Decision = {
    kind: "pass",
    title: "Not a release pull request",
    summary: noRelease(checklist, snapshot),
    ledger: null,
  };
  if (freezing(snapshot.config) === null) return pass;
  const { readyReleases, own, pull } = snapshot;
  if (readyReleases === null) {
    needs.add({ kind: "ready-releases" });
    return pass;
  }
  if (!readyReleases.ok) return unread(readyReleases.problem, own.ledger);
  const [first] = readyReleases.value;
  if (first === undefined) return pass;
  const reason: Reason = {
    item: null,
    short: `waiting for release #${first}`,
    long: `Release #${first} into ${pull.base.ref} is ready, so nothing else goes in before it. This opens by itself when the release is merged or closed, or is not ready any more.`,
    failed: false,
  };
  return { kind: "stuck", title: `Blocked: ${reason.short}`, reasons: [reason], ledger: own.ledger };
}

/** Nothing is written where nobody asked for anything, but a rule that waits for our check must not wait for ever. */
function decideUnconfigured({ own, required }: Snapshot, needs: Needs): Decision {
  if (own.current === null && required === undefined) needs.add({ kind: "required" });
  return own.current === null && required !== true
    ? { kind: "nothing", why: "not configured" }
    : { kind: "pass", title: "No release checklist configured", summary: unconfigured, ledger: null };
}

const matchOf = (snapshot: Snapshot): ReleaseMatch => matchBy(rulesOf(snapshot.config), snapshot);

function rulesOf(config: Snapshot["config"]): readonly ReleaseRule[] {
  switch (config.kind) {
    case "valid":
    case "outdated":
      return config.checklist.release;
    case "broken":
      return [...defaultReleaseRules, ...(config.release ?? []), ...(config.locked?.release ?? [])];
    default:
      return defaultReleaseRules;
  }
}

const matchBy = (rules: readonly ReleaseRule[], { pull, repo }: Snapshot): ReleaseMatch =>
  matchRelease(rules, {
    base: pull.base.ref,
    head: pull.head.ref,
    labels: pull.labels,
    defaultBranch: repo.defaultBranch,
  });

/** One pull request decides for a commit and base: a release before others, same repository before forks, then the oldest. */
function deciderOf(snapshot: Snapshot, release: boolean, needs: Needs): number | null {
  const { pull, own, rival } = snapshot;
  const owner = own.current?.pull ?? null;
  if (owner === null || owner === pull.number) return null;
  if (rival === null) {
    needs.add({ kind: "rival", number: owner });
    return null;
  }
  if (!rival.alive) return null;
  const rank = (candidate: { release: boolean; fork: boolean; number: number }): number[] => [
    candidate.release ? 0 : 1,
    candidate.fork ? 1 : 0,
    candidate.number,
  ];
  const mine = rank({ release, fork: pull.head.fork, number: pull.number });
  const theirs = rank(rival);
  const first = mine.findIndex((value, index) => value !== theirs[index]);
  const wins = first === -1 || (mine[first] ?? 0) < (theirs[first] ?? 0);
  return wins ? null : rival.number;
}

function elsewhere(decider: number, { pull }: Snapshot, release: boolean): Decision {
  const why = `#${decider} decides for ${shortSha(pull.head.sha)} into ${pull.base.ref}`;
  const pointer = `The same commit is to go into the same branch with #${decider}, and the checklist is there. ${ELSEWHERE}`;
  return { kind: "nothing", why, ...(release ? { pointer } : {}) };
}

const stuck = (short: string, long: string, ledger: Ledger | null): Decision => {
  const reason: Reason = { item: null, short, long, failed: true };
  return { kind: "stuck", title: `Blocked: ${short}`, reasons: [reason], ledger };
};

const unable = (problem: Problem, release: boolean): Decision => ({
  kind: "unable",
  problem,
  warning: release ? withoutRecord(inOneLine(problem)) : null,
});

function unread(problem: Problem, ledger: Ledger | null): Decision {
  const sentence = inOneLine(problem);
  // The name of a file begins as it begins.
  const opening = /^[a-z]+ /.test(sentence) ? sentence.slice(0, 1).toUpperCase() : sentence.slice(0, 1);
  return stuck(`${problem.what} cannot be read`, `${opening}${sentence.slice(1)}`, ledger);
}

function stuckByFindings(
  config: Extract<Snapshot["config"], { kind: "broken" }>,
  ledger: Ledger | null,
): Decision {
  const reasons = config.findings.map(
    (finding): Reason => ({
      item: null,
      short: `${finding.file} is broken (line ${finding.line})`,
      long: `${finding.file}:${finding.line}:${finding.column}${finding.key === "" ? "" : ` (${finding.key})`}: ${finding.message}`,
      failed: true,
    }),
  );
  return { kind: "stuck", title: `Blocked: ${config.file} is broken`, reasons, ledger };
}

const unconfigured =
  "The default branch has no `.github/release.yml` with a `checklist` key, so nothing is asked of this pull request.";

const brokenPass = (config: Extract<Snapshot["config"], { kind: "broken" }>): string =>
  `\`${config.file}\` is broken; by the default rules this pull request is no release, so it may pass and repair the file.`;

function noRelease(checklist: Checklist, { pull }: Snapshot): string {
  const rules = checklist.release.map((rule) => {
    const parts = [
      rule.base === undefined ? null : `into ${rule.base.join(", ")}`,
      rule.head === undefined ? null : `from ${rule.head.join(", ")}`,
      rule.labels === undefined ? null : `with the label ${rule.labels.join(", ")}`,
    ].filter((part) => part !== null);
    return `- ${parts.join(", ") || "anything into the default branch"}`;
  });
  return [
    `None of the release rules matches a pull request from \`${pull.head.ref.replaceAll("`", "")}\` into \`${pull.base.ref.replaceAll("`", "")}\`:`,
    "",
    ...rules.map((rule) => rule.replaceAll("`", "").replace(/^- (.*)$/, "- `$1`")),
  ].join("\n");
}
