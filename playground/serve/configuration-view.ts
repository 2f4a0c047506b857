import type { Checklist, Condition, Item } from "../../src/domain/config/checklist.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { ruleInWords } from "../../src/domain/sign-off/rights.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { configurationFile } from "./machines.ts";
import type { ConfigurationView, ItemGroup, ItemView } from "./view.ts";

/** What `release-checklist validate` would say about this text, and the checklist that it gives. */
export function configurationView(text: string): ConfigurationView {
  const config = readConfig(text, configurationFile, builtInTemplates());
  return {
    kind: config.kind,
    findings: config.findings.map(({ severity, line, column, message }) => ({
      severity,
      line,
      column,
      message,
    })),
    groups: config.kind === "valid" ? groupsOf(config.checklist) : [],
  };
}

/** The groups in their order; items without one come as the description shows them. */
function groupsOf({ groups, items: all }: Checklist): ItemGroup[] {
  const items = all.filter(({ phase }) => phase === undefined);
  const loose = items.filter(({ group }) => !groups.some(({ title }) => title === group));
  const given: ItemGroup[] = [
    ...groups.map(({ title, expects }) => ({
      title: expects === undefined ? title : `${title} → ${expects}`,
      items: items.filter(({ group }) => group === title).map(itemView),
    })),
    { title: "Decided by the app", items: loose.filter((item) => !isSigned(item)).map(itemView) },
    { title: "Signed off by people", items: loose.filter(isSigned).map(itemView) },
    ...late.map(({ phase, title }) => ({
      title,
      items: all.filter((item) => item.phase === phase).map(itemView),
    })),
  ];
  return given.filter((group) => group.items.length > 0);
}

/** What follows the merge stands in an issue of its own. */
const late = [
  { phase: "deploy", title: "After the merge: deploy" },
  { phase: "after-deploy", title: "After the merge: watch" },
] as const;

const isSigned = (item: Item): boolean =>
  item.kind === "manual" || (item.kind === "notify" && item.post === "on-tick");

const itemView = (item: Item): ItemView => ({
  id: item.id,
  title: item.title,
  by: byWords(item),
  when: item.when === undefined ? null : whenWords(item.when),
  help: item.help ?? null,
  questions: item.kind === "manual" ? item.questions.map(({ text }) => text) : [],
});

function byWords(item: Item): string {
  switch (item.kind) {
    case "manual":
      return `signed by ${ruleInWords(item.signers)}`;
    case "notify": {
      const to = item.to.map((one) => (one.type === "comment" ? "a comment" : one.name)).join(", ");
      const how =
        item.post === "on-tick" ? `on a tick by ${ruleInWords(item.signers)}` : "when all else is done";
      return `announced to ${to}, ${how}`;
    }
    case "check":
      return item.check.workflow === undefined
        ? `check ${item.check.name}`
        : `workflow ${item.check.workflow}`;
    case "changed":
      return `changes ${item.changed.join(", ")}`;
    case "deployment":
      return `deployed to ${item.deployment.environment}`;
    case "assigned":
      return "the pull request is assigned to somebody";
    case "window":
      return "the time is inside the window";
    case "tag":
      return `a tag ${item.tag.join(" or ")} holds the merge`;
    case "release":
      return `a release ${item.release.join(" or ")} holds the merge`;
    case "wait":
      return `${Math.round(item.wait.milliseconds / 60_000)} minutes have passed since ${item.wait.environment === null ? "the deployment" : `the deployment to ${item.wait.environment}`}`;
  }
}

function whenWords({ paths, labels, base, migrations }: Condition): string {
  const parts = [
    ...(paths === undefined ? [] : [`${paths.join(", ")} changes`]),
    ...(labels === undefined ? [] : [`labelled ${labels.join(", ")}`]),
    ...(base === undefined ? [] : [`into ${base.join(", ")}`]),
    ...(migrations === undefined ? [] : [`a migration is ${migrations}`]),
  ];
  return parts.join(" and ");
}
