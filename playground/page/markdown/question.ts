import type { ListItem } from "mdast";
import { placeOf, questionIn } from "./tree.ts";

/** A question of the checklist in a list, as it stands in its source. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly answer: string;
}

export function questionOf(node: ListItem, source: string): Question | null {
  const [first] = node.children;
  if (first?.type !== "paragraph") return null;
  const mark = first.children.find((child) => child.type === "html" && questionIn(child.value) !== null);
  const id = mark?.type === "html" ? questionIn(mark.value) : null;
  if (mark === undefined || id === null) return null;
  const text = source.slice(placeOf(first).start, placeOf(mark).start).trim();
  const answer = source.slice(placeOf(mark).end, placeOf(node).end);
  return { id, text: withoutEscapes(text), answer: answer.replace(/\r?\n {1,4}/g, "\n").trim() };
}

const withoutEscapes = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1");
