import type { ReleaseRule } from "./config/checklist.ts";
import { matcher } from "./glob.ts";

/** The rules where none are written: what usually names a release, into the default branch. */
export const defaultReleaseRules: readonly ReleaseRule[] = [
  { head: ["release/**", "release-*", "hotfix/**", "release-please--**", "changeset-release/**"] },
  { labels: ["release"] },
];

/** What a release rule looks at. Branches are names without `refs/heads/`. */
export interface ReleaseFacts {
  readonly base: string;
  readonly head: string;
  readonly labels: readonly string[];
  readonly defaultBranch: string;
}

export interface ReleaseMatch {
  readonly release: boolean;
  /** The rule that matched; one that the author cannot dodge before others. */
  readonly rule?: ReleaseRule;
  /** True when every rule that matched depends on what the author chooses: the name of the head or a label. */
  readonly dodgeable: boolean;
}

/** A pull request is a release when any rule matches; in a rule everything given must match. */
export function matchRelease(rules: readonly ReleaseRule[], facts: ReleaseFacts): ReleaseMatch {
  const matching = rules.filter((rule) => matchesRule(rule, facts));
  const rule = matching.find((candidate) => !isDodgeable(candidate)) ?? matching[0];
  if (rule === undefined) return { release: false, dodgeable: false };
  return { release: true, rule, dodgeable: isDodgeable(rule) };
}

/** Whether an author can keep a pull request from matching this rule. */
export const isDodgeable = (rule: ReleaseRule): boolean =>
  rule.head !== undefined || rule.labels !== undefined;

function matchesRule(rule: ReleaseRule, { base, head, labels, defaultBranch }: ReleaseFacts): boolean {
  const fromBase = rule.base === undefined ? base === defaultBranch : matcher(rule.base, "branch")(base);
  const fromHead = rule.head === undefined || matcher(rule.head, "branch")(head);
  return fromBase && fromHead && (rule.labels === undefined || labels.some(matcher(rule.labels, "label")));
}
