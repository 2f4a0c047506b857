import type { PullView, ThreadView } from "../../serve/view.ts";
import { useDoing } from "../doing.ts";
import { CheckIcon } from "../icons.tsx";
import { threadHash } from "../places.ts";

export interface MergeBoxProps {
  readonly thread: ThreadView;
  readonly pull: PullView;
  /** The issue in which the release is followed. */
  readonly followUp: ThreadView | undefined;
}

/** Whether GitHub would merge for this person, why not, and the button, which asks GitHub in any case. */
export function MergeBox({ thread, pull, followUp }: MergeBoxProps) {
  const { busy, by, perform } = useDoing();
  if (thread.state !== "open") return <Ended thread={thread} pull={pull} followUp={followUp} />;
  const reasons = pull.blockers[by] ?? [];
  const free = reasons.length === 0;
  return (
    <section class={`card merge ${free ? "free" : "blocked"}`} aria-label="Merging">
      <div class="card-body">
        <div class="row" role="status">
          <CheckIcon state={free ? "success" : "failure"} />
          <div>
            <b>{free ? "Ready to merge" : "Merging is blocked"}</b>
            {free ? (
              <p>Every required check has passed.</p>
            ) : (
              <ul class="reasons">
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
          </div>
        </div>
        <button
          type="button"
          class={free ? "primary" : ""}
          disabled={busy}
          onClick={() => void perform({ do: "merge", number: thread.number })}
        >
          Merge as {by}
        </button>
      </div>
    </section>
  );
}

function Ended({ thread: { state }, pull, followUp }: MergeBoxProps) {
  const merged = state === "merged";
  return (
    <section class="card merge" aria-label="Merging">
      <div class="card-body">
        <div class="row" role="status">
          <CheckIcon state={merged ? "success" : "neutral"} />
          <p>
            <b>{merged ? `Merged by ${pull.mergedBy}` : "Closed"}.</b>{" "}
            {merged && `The release is on ${pull.base}.`}{" "}
            {followUp && (
              <>
                What follows stands in <a href={threadHash(followUp)}>issue #{followUp.number}</a>.
              </>
            )}
          </p>
        </div>
      </div>
    </section>
  );
}
