import type { Reply } from "../reply.ts";
import type { Snapshot } from "../snapshot.ts";

/** So many answers are remembered. */
const remembered = 3;
/** An answer that comes later than this after its comment, in milliseconds, helps nobody any more. */
const longest = 60 * 60_000;

/** The newest answers: the record knows them before they are written, so that none is lost by a crash in between. */
export const repliesAfter = (before: readonly Reply[], given: readonly Reply[]): readonly Reply[] =>
  given.length === 0 ? before : [...before, ...given].slice(-remembered);

/**
 * Answers that the record tells of and that are not there: the reaction is written last. Giving one twice is harmless.
 *
 * @param now Milliseconds since the epoch.
 */
export const missedReplies = (
  known: readonly Reply[],
  { comments }: Snapshot,
  now: number,
): readonly Reply[] =>
  comments?.ok === true
    ? known.filter((reply) =>
        comments.value.some(
          ({ id, at, reactions }) =>
            id === reply.comment && reactions?.[reply.reaction] === 0 && now - Date.parse(at) < longest,
        ),
      )
    : [];
