/** Follow-ups carry it, so that the open ones are found with one request. */
export const followUpLabel = "release follow-up";

/** By it the follow-up of a pull request is known, and what was merged. It stands in the text of the issue. */
export const followUpMarker = (pull: number, sha: string): string =>
  `<!-- release-checklist:follow-up:${pull}:${sha} -->`;

export interface FollowUpMark {
  readonly pull: number;
  /** The merge commit. */
  readonly sha: string;
}

/** Null: this text has none. */
export function readFollowUpMarker(text: string): FollowUpMark | null {
  const match = /<!-- release-checklist:follow-up:([1-9]\d{0,9}):([0-9a-f]{40,64}) -->/.exec(text);
  return match === null ? null : { pull: Number(match[1]), sha: match[2] ?? "" };
}
