import type { Checklist, Item } from "../../domain/config/checklist.ts";
import { conditionInWords, phaseInWords } from "../../domain/config/in-words.ts";
import type { Decision } from "../../domain/decision.ts";
import type { CheckContent } from "../../domain/write.ts";
import { renderBlock } from "../../render/block.ts";
import { harmless } from "../harmless.ts";
import type { Paint } from "../paint.ts";

/** What a preview shows. */
export interface Preview {
  /** `release/1.0 into main: an invented release, …`. */
  readonly about: string;
  /** Where the rules come from; null: from nowhere. */
  readonly config: string | null;
  /** The block of the description in Markdown; null: none. */
  readonly block: string | null;
  readonly check: Pick<CheckContent, "name" | "conclusion" | "title" | "summary"> | null;
  /** Items that are not asked for here, and when they are. Plain text. */
  readonly others: readonly string[];
}

export function previewOf(
  about: string,
  config: string | null,
  checklist: Checklist | null,
  decision: Decision,
  content: CheckContent | null,
): Preview {
  const shown = decision.kind === "release" ? decision.items.map(({ item }) => item.id) : null;
  const others = (checklist?.items ?? []).filter(({ id }) => shown !== null && !shown.includes(id));
  return {
    about,
    config,
    block: decision.kind === "release" ? renderBlock(decision.block, { eol: "\n" }) : null,
    check:
      content === null
        ? null
        : {
            name: content.name,
            conclusion: content.conclusion,
            title: content.title,
            summary: content.summary,
          },
    others: others.map(otherwise),
  };
}

const otherwise = (item: Item): string => {
  const when = item.phase === undefined ? conditionInWords(item.when) : phaseInWords(item.phase);
  return when === null ? item.title : `${item.title} (${when})`;
};

export function asText({ about, config, block, check, others }: Preview, paint: Paint): string {
  const heading = (words: string) => ["", paint("bold", `── ${harmless(words)} ──`), ""];
  const text = [
    harmless(about),
    config === null ? "No configuration" : `Configuration: ${harmless(config)}`,
    ...(block === null ? [] : [...heading("In the description"), ...lines(block)]),
    ...(check === null
      ? ["", "No check would be written."]
      : [
          ...heading(`The check "${check.name}"`),
          `${paint(check.conclusion === "success" ? "green" : "red", check.conclusion)}: ${harmless(check.title)}`,
          "",
          ...lines(check.summary),
        ]),
    ...(others.length === 0
      ? []
      : [...heading("Not asked for here"), ...others.map((item) => `- ${harmless(item)}`)]),
  ];
  return text.join("\n");
}

const lines = (markdown: string): string[] => markdown.split("\n").map(harmless);
