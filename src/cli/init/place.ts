import type { ReadConfig } from "../../domain/config/read.ts";
import { readConfig } from "../../domain/config/read.ts";
import { builtInTemplates } from "../../templates.ts";
import { Cannot } from "../cannot.ts";

/** What is to stand behind what is there already. */
export interface Placed {
  /** The whole file. It starts with what was there, byte for byte. */
  readonly text: string;
  /** What is new at its end. */
  readonly addition: string;
  readonly config: Extract<ReadConfig, { kind: "valid" }>;
}

/** Adds our key to a file that GitHub's own may stand in already. Null: there is no file yet. */
export function place(file: string, before: string | null, ours: string): Placed {
  const addition = before === null ? ours : joint(before) + withEnds(ours, before);
  if (before !== null) refuseConfigured(file, before);
  const text = (before ?? "") + addition;
  const config = readConfig(text, file, builtInTemplates());
  if (config.kind === "valid") return { text, addition, config };
  if (before === null) throw new Error(`init wrote what it does not take: ${config.findings[0]?.message}`);
  throw new Cannot(
    `${file} is written in a way that nothing can be added to at its end (${config.findings[0]?.message ?? "its keys are not at the left margin"}). Add the key yourself: --print shows it.`,
  );
}

function refuseConfigured(file: string, before: string): void {
  const { kind, findings } = readConfig(before, file, builtInTemplates());
  const [first] = findings;
  if (kind === "none" && first === undefined) return;
  if (kind === "broken" && !/^(?:"?checklist"?|'checklist') *:/m.test(before))
    throw new Cannot(`${file}:${first?.line}:${first?.column}: ${first?.message}. Repair that first.`);
  if (kind === "none") throw new Cannot(`${file}:${first?.line}:${first?.column}: ${first?.message}.`);
  throw new Cannot(
    `${file} has a "checklist" already, and init never overwrites. --print shows what it would write; validate and preview look at what is there.`,
  );
}

const joint = (before: string): string => {
  const end = /\r\n/.test(before) ? "\r\n" : "\n";
  if (before === "") return "";
  return before.endsWith("\n") ? end : end + end;
};

/** With the line ends of what is there. */
const withEnds = (text: string, before: string): string =>
  /\r\n/.test(before) ? text.replaceAll("\n", "\r\n") : text;
