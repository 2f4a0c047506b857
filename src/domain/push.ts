/** The head of a pull request moved, as `pull_request.synchronize` tells it. */
export interface Push {
  /** Full SHA of the head that was left (`before`). */
  readonly from: string;
  /** Full SHA of the head that it became. */
  readonly to: string;
  /** When at the latest, by `updated_at`. */
  readonly at: string;
}

/** The head became this commit. */
export interface Arrival extends Pick<Push, "to" | "at"> {
  /** Full SHA of the head that was left; null: a look found it, and nothing tells since when it was there. */
  readonly from: string | null;
}

/** The heads that these pushes left, each once. */
export const leftBy = (pushes: readonly Push[]): readonly string[] => [
  ...new Set(pushes.map(({ from }) => from)),
];
