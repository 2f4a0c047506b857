import type { Checklist } from "../../src/domain/config/checklist.ts";
import type { Standing } from "../../src/domain/config/layers.ts";
import { type ReadConfig, readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";

export const organisationFile = "acme/.github:.github/release.yml";

/** A file that is valid by itself. */
export function standing(text: string, file = organisationFile): Standing {
  const config = readConfig(text, file, builtInTemplates());
  if (config.kind !== "valid") throw new Error(JSON.stringify(config.findings, null, 2));
  return config.standing;
}

/** A repository's file under that of its organisation. */
export const under = (organisation: string, text: string): ReadConfig =>
  readConfig(text, ".github/release.yml", builtInTemplates(), {
    extended: new Map([["acme/.github:.github/release.yml", standing(organisation)]]),
    organisation: standing(organisation),
  });

export function checklistOf(config: ReadConfig): Checklist {
  if (config.kind !== "valid") throw new Error(JSON.stringify(config.findings, null, 2));
  return config.checklist;
}

/** As people read them: `4:7 error This loosens …`. */
export const said = ({ findings }: ReadConfig): string[] =>
  findings.map(({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`);
