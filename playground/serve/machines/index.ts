import type { Item } from "../../../src/domain/config/checklist.ts";
import { readConfig } from "../../../src/domain/config/read.ts";
import { builtInTemplates } from "../../../src/templates.ts";
import type { PullHandle } from "../../github/index.ts";
import type { Stage } from "../../story/stage.ts";
import { configurationFile } from "../configuration-file.ts";
import type { MachineView } from "../view.ts";
import { runsCheck } from "./check.ts";
import { deploys } from "./deployment.ts";
import { aName, type Reporting } from "./machine.ts";
import { publishes, tags } from "./publication.ts";
import { runsWorkflow } from "./workflow.ts";

interface Machine extends Reporting {
  /** The item of the checklist that it decides. */
  readonly id: string;
  readonly title: string;
}

/**
 * One for each item that something beside the app decides: of what comes before the merge while the pull request is
 * open, then of what follows.
 */
export function machinesOf(stage: Stage, { merged }: PullHandle): Machine[] {
  const text = stage.repo.file(configurationFile) ?? "";
  const config = readConfig(text, configurationFile, builtInTemplates());
  if (config.kind !== "valid") return [];
  const items = config.checklist.items.filter(({ phase }) => (phase === undefined) !== merged);
  return items.flatMap((item) => {
    const reporting = reportingOf(item, stage);
    return reporting === null ? [] : { id: item.id, title: item.title, ...reporting };
  });
}

/** The commit that is reported about: the head, and after the merge what it made. */
export const reportedOf = (pull: PullHandle): string => pull.mergeCommitSha ?? pull.headSha;

export const machinesView = (stage: Stage, pull: PullHandle): MachineView[] =>
  machinesOf(stage, pull).map(({ id, title, what, can, state }) => ({
    id,
    title,
    what,
    can,
    state: state(reportedOf(pull)),
  }));

function reportingOf(item: Item, stage: Stage): Reporting | null {
  switch (item.kind) {
    case "deployment":
      return deploys(stage, aName(item.deployment.environment));
    case "tag":
      return tags(stage, aName(item.tag[0] ?? item.id));
    case "release":
      return publishes(stage, aName(item.release[0] ?? item.id));
    case "check": {
      const { workflow, name, app } = item.check;
      return workflow === undefined
        ? runsCheck(stage, aName(name ?? item.id), app)
        : runsWorkflow(stage, pathOf(workflow));
    }
    default:
      return null;
  }
}

const pathOf = (workflow: string): string =>
  workflow.includes("/") ? workflow : `.github/workflows/${aName(workflow)}`;
