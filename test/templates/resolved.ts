import type { Checklist, Item } from "../../src/domain/config/checklist.ts";
import { beforeMerge } from "../../src/domain/config/phases.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import type { RawTemplate } from "../../src/domain/config/schema/checklist-schema.ts";
import { readTemplate } from "../../src/domain/config/template.ts";
import { builtInTemplates } from "../../src/templates.ts";

export const templates = builtInTemplates();
export const names = [...templates.keys()];

/** The template as it is written. */
export function written(name: string): RawTemplate {
  const template = readTemplate(name, templates);
  if (typeof template === "string") throw new Error(template);
  return template;
}

/** What a configuration in JSON, which is YAML, means; throws when there is anything to say about it. */
export function meaning(checklist: object): Checklist {
  const config = readConfig(JSON.stringify({ checklist }), "release.yml", templates);
  if (config.kind !== "valid" || config.findings.length > 0) throw new Error(JSON.stringify(config.findings));
  return config.checklist;
}

/** Its items that hold up the merge. */
export const early = (checklist: Checklist): readonly Item[] => beforeMerge(checklist.items);

/** All slots of a template, each filled with a check of the slot's name. */
export const filled = (name: string): Record<string, string> =>
  Object.fromEntries(Object.keys(written(name).slots ?? {}).map((slot) => [slot, slot]));

export const item = (checklist: Checklist, id: string): Item => {
  const found = checklist.items.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no item ${id}`);
  return found;
};

/** The items whose check awaits a slot, by id. */
export const slotted = (name: string): Map<string, string> =>
  new Map(
    written(name).items.flatMap(({ id, check }) =>
      typeof check === "object" && "slot" in check ? [[id, check.slot] as const] : [],
    ),
  );
