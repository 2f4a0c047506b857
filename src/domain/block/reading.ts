import type { Eol } from "./lines.ts";

/** What stands in a description, seen through the block in it. `before + block + after` is the description, byte for byte. */
export interface BlockReading {
  /** `partial`: one marker is gone. */
  readonly found: "none" | "whole" | "partial";
  /** With `none`: all of the description. */
  readonly before: string;
  readonly block: string;
  readonly after: string;
  /** By item id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By `item/question`; the answer as written, trimmed, with `\n` line ends; empty when not answered. */
  readonly answers: ReadonlyMap<string, string>;
  /** What people wrote into the block apart from boxes and answers, in order: it moves below. Without a last line end. */
  readonly foreign: string;
  readonly eol: Eol;
  /** How many other begin and end pairs Markdown shows: copies of the block, which are people's text. */
  readonly copies: number;
}

/** Of an item that stands in the block more than once, all boxes: ticked when every one is. */
export interface Box {
  readonly checked: boolean;
  /** The short SHA in `item:<id>@<sha>`, if there. */
  readonly sha: string | null;
}
