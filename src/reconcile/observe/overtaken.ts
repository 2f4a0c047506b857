import { isOfCheck, type Work } from "../../queue/queue.ts";

/** Whatever else they tell stands in the pull request, or goes with the work. */
const isPlain = (why: string): boolean =>
  why === "pull_request.edited" || why === "pull_request.synchronize" || isOfCheck(why);

export interface PullRead {
  /** Full SHA of the head. */
  readonly head: string;
  readonly body: string;
}

/**
 * Whether what came during a look was done when the look read the pull request: the description and the head are
 * what these edits and pushes led to, and none of them led on from there.
 */
export const isShownIn = ({ head, body }: PullRead, came: Work): boolean =>
  came.why.every(isPlain) &&
  !came.fresh &&
  (came.head === null || came.head === head) &&
  came.pushes.every(({ from }) => from !== head) &&
  came.edits.every(({ from }) => from !== body) &&
  // An event that does not say what was edited may be of an edit that was not read yet.
  (came.edits.some(({ to }) => to === body) ||
    (came.edits.length === 0 && !came.why.includes("pull_request.edited")));

/** Whether what was read is known to stand no longer: an edit or a push led on from there. */
export const isOvertaken = ({ head, body }: PullRead, came: Work | null): boolean =>
  came !== null &&
  (came.pushes.some(({ from }) => from === head) ||
    came.edits.some(({ from, to }) => from === body && to !== body));
