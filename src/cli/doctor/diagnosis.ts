/** What the doctor found about one thing. */
export interface Diagnosis {
  /**
   * `problem`: the gate does not work or does not hold. `warning`: probably not meant. `unseen`: this token may not see
   * it. `note`: good to know. `fine`: looked at, and right.
   */
  readonly level: Level;
  readonly about: Topic;
  /** One or two sentences, plain text. */
  readonly says: string;
  /** What to do: a sentence, an address or a command, line by line. Empty: nothing. */
  readonly fix: readonly string[];
}

export const levels = ["problem", "warning", "unseen", "note", "fine"] as const;
export type Level = (typeof levels)[number];

export type Topic =
  | "app"
  | "permissions"
  | "events"
  | "webhooks"
  | "configuration"
  | "gate"
  | "bypass"
  | "checks"
  | "people"
  | "targets"
  | "bots"
  | "default branch";

const of =
  (level: Level) =>
  (about: Topic, says: string, ...fix: readonly string[]): Diagnosis => ({ level, about, says, fix });

export const problem = of("problem");
export const warning = of("warning");
export const unseen = of("unseen");
export const note = of("note");
export const fine = of("fine");

/** Whether an admin has to do something. */
export const isFinding = ({ level }: Diagnosis): boolean => level === "problem" || level === "warning";
