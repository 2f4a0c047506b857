import type { Checklist } from "../domain/config/checklist.ts";
import { conditionInWords, howInWords, phaseInWords, releaseRuleInWords } from "../domain/config/in-words.ts";
import { afterMerge, beforeMerge } from "../domain/config/phases.ts";
import { blockModel } from "../domain/decide/block-model.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { renderBlock } from "./block.ts";
import { inert } from "./inert.ts";

/** The block as a new release would show it, with what the block itself does not say. */
export function sampleOf(checklist: Checklist, snapshot: Snapshot): string[] {
  const states = beforeMerge(checklist.items).map((item) => ({
    item,
    state: "waiting" as const,
    box: false,
    summary: "",
    reason: null,
    evidence: [],
    notes: [],
  }));
  const model = blockModel(checklist, states, new Map(), snapshot);
  const block = renderBlock(model, { eol: "\n" }).replaceAll(mark, "").trim();
  return [
    list(
      "Which pull requests are releases",
      checklist.release.map(
        (rule) => `those that go ${releaseRuleInWords(rule, snapshot.repo.defaultBranch)}`,
      ),
    ),
    block,
    list(
      "After the merge",
      afterMerge(checklist.items).map(
        (item) => `${item.title}: ${howInWords(item)}, ${phaseInWords(item.phase)}`,
      ),
    ),
    list(
      "Items that are not always there, or do not block",
      checklist.items.flatMap(({ title, when, required }) => {
        const parts = [conditionInWords(when), required ? null : "does not block"];
        const said = parts.filter((part) => part !== null).join("; ");
        return said === "" ? [] : [`${title}: ${said}`];
      }),
    ),
  ];
}

/** Our hidden marks; what looks like one in somebody's text has a `\` before it. */
const mark = /(?<!\\) ?<!-- (?:item|answer|release-checklist):[^>]*-->/g;

/** A heading with one line of Markdown for each text; nothing where there is none. */
export const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `### ${title}\n\n${lines.map((line) => `- ${inert(line)}`).join("\n")}`;
