import { ruleInWords } from "../sign-off/rights.ts";
import type { WeekRange, WindowRule } from "../windows/rule.ts";
import type { CheckRef, Condition, Item, LatePhase, Recipient, ReleaseRule } from "./checklist.ts";
import { quoted } from "./words.ts";

/** One rule, to follow "A pull request is a release when it goes": `into main, from release/**`. Plain text. */
export function releaseRuleInWords({ base, head, labels }: ReleaseRule, defaultBranch: string): string {
  return [
    `into ${base === undefined ? defaultBranch : base.join(", ")}`,
    ...(head === undefined ? [] : [`from ${head.join(", ")}`]),
    ...(labels === undefined ? [] : [`with the label ${labels.join(", ")}`]),
  ].join(", ");
}

/** How an item is decided: `signed by @acme/sre`, `decided by the workflow ci.yml`. Plain text. */
export function howInWords(item: Item): string {
  switch (item.kind) {
    case "manual":
      return `signed by ${ruleInWords(item.signers)}`;
    case "check":
      return `decided by ${checkInWords(item.check)}`;
    case "changed":
      return `decided by a change of ${item.changed.join(", ")}`;
    case "deployment": {
      const { environment, ignore, by } = item.deployment;
      return `decided by the deployment to ${environment}${ignore.length === 0 ? "" : `, whatever differs in ${ignore.join(", ")}`}${alsoOf(by)}`;
    }
    case "assigned":
      return "decided by whom the pull request is assigned to";
    case "window":
      return `decided by the time: ${windowInWords(item.window)}`;
    case "tag":
      return `decided by a tag ${item.tag.join(" or ")} that holds the merge`;
    case "release":
      return `decided by a published release ${item.release.join(" or ")} that holds the merge`;
    case "wait": {
      const { milliseconds, environment } = item.wait;
      return `decided by ${spanInWords(milliseconds)} ${environment === null ? "after the deployment" : `on ${environment}`}`;
    }
    case "notify": {
      const to = item.to.map(recipientInWords).join(", ");
      return item.post === "when-ready"
        ? `announced to ${to} when all else is done`
        : `announced to ${to} when ticked by ${ruleInWords(item.signers)}`;
    }
  }
}

/** `90 minutes`, `1 day`. */
function spanInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const [count, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** When an item is due. */
export const phaseInWords = (phase: LatePhase | undefined): string =>
  phase === undefined
    ? "before the merge"
    : phase === "deploy"
      ? "at the deployment"
      : "after the deployment";

function checkInWords({ name, workflow, app, accept, by }: CheckRef): string {
  const what = [
    ...(workflow === undefined ? [] : [`the workflow ${workflow}`]),
    ...(name === undefined ? [] : [`${workflow === undefined ? "the check" : "its job"} ${quoted(name)}`]),
  ].join(", ");
  const colours = accept.length === 1 && accept[0] === "success" ? "" : `, green with ${accept.join(" or ")}`;
  return `${what}${app === undefined ? "" : ` of ${app}`}${colours}${alsoOf(by)}`;
}

const alsoOf = (by: readonly string[]): string =>
  by.length === 0 ? "" : `, also of ${by.map((login) => `@${login}`).join(", ")}`;

export const recipientInWords = (to: Recipient): string => (to.type === "comment" ? "a comment" : to.name);

/** When an item applies: `when the release changes db/**, and the label is risky`; null: always. */
export function conditionInWords(when: Condition | undefined): string | null {
  if (when === undefined) return null;
  const parts = [
    ...(when.paths === undefined ? [] : [`the release changes ${when.paths.join(", ")}`]),
    ...(when.labels === undefined ? [] : [`it carries the label ${when.labels.join(", ")}`]),
    ...(when.base === undefined ? [] : [`it goes into ${when.base.join(", ")}`]),
    ...(when.migrations === undefined ? [] : [`its migrations are ${when.migrations}`]),
  ];
  return `when ${parts.join(", and ")}`;
}

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const rangeInWords = ({ days: on, from, to }: WeekRange): string =>
  `${on.map((day) => days[day - 1]).join(",")} ${clock(from)}-${clock(to)}`;

function windowInWords({ timezone, open, warn, closed }: WindowRule): string {
  return [
    `open ${open === null ? "at all times" : open.map(rangeInWords).join("; ")}`,
    ...(warn.length === 0 ? [] : [`with a warning ${warn.map(rangeInWords).join("; ")}`]),
    ...(closed.length === 0
      ? []
      : [
          `closed ${closed.map(({ from, through }) => (from === through ? from : `${from} to ${through}`)).join(", ")}`,
        ]),
    timezone,
  ].join(", ");
}
