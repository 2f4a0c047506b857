/** What the block in the description is to show. All text is as people wrote it; the renderer makes it inert. */
export interface BlockModel {
  readonly sections: readonly BlockSection[];
  /** Lines above the sections that explain what is wrong with the app itself, such as a missing permission. */
  readonly warnings: readonly string[];
  /** Lines above the sections that tell how the whole stands. */
  readonly remarks?: readonly string[];
  /** Name of the check that tells more, such as `Release checklist: main`. */
  readonly check: string;
}

export interface BlockSection {
  /** `Decided by the app`, `Signed off by people`, or a group's title with what it should lead to. */
  readonly title: string;
  readonly items: readonly BlockItem[];
}

export interface BlockItem {
  readonly id: string;
  readonly title: string;
  readonly checked: boolean;
  /** Short SHA of the head for items whose sign-off holds for a commit only; else null. */
  readonly sha: string | null;
  /** Who may sign, in words, such as "`@acme/sre`, not the author"; null for automated items and the default rule. */
  readonly signers: string | null;
  readonly help: string | null;
  /** App-written remarks shown as `⚠ …` lines: a tick taken back, an answer missing, a count. */
  readonly notes: readonly string[];
  readonly questions: readonly { readonly id: string; readonly text: string; readonly answer: string }[];
}
