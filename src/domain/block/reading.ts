/** What stands in a description, seen through the block in it. `before + block + after` is the description, byte for byte. */
export interface BlockReading {
  /** `partial`: one marker is gone. */
  readonly found: "none" | "whole" | "partial";
  readonly before: string;
  readonly block: string;
  readonly after: string;
  /** By item id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By `item/question`; the answer as written, trimmed, with `\n` line ends; empty when not answered. */
  readonly answers: ReadonlyMap<string, string>;
  /** What people wrote into the block apart from boxes and answers, in order, with its line ends: it moves below. */
  readonly foreign: string;
  readonly eol: "\n" | "\r\n";
}

export interface Box {
  readonly checked: boolean;
  /** The short SHA in `item:<id>@<sha>`, if there. */
  readonly sha: string | null;
}
