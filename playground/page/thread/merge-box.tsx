import type { PullView, ThreadView } from "../../serve/view.ts";
import { useDoing } from "../doing.ts";
import { CheckIcon } from "../icons.tsx";

/** Whether GitHub would merge for this person, why not, and the button, which asks GitHub in any case. */
export function MergeBox({ thread, pull }: { thread: ThreadView; pull: PullView }) {
  const { busy, by, perform } = useDoing();
  if (thread.state !== "open")
    return (
      <section class={`card merge ${thread.state}`} aria-label="Merging">
        <div class="card-body row">
          <CheckIcon state={thread.state === "merged" ? "success" : "neutral"} />
          <p>
            <b>{thread.state === "merged" ? "Merged" : "Closed"}.</b>{" "}
            {thread.state === "merged" && <>The release is on {pull.base}.</>}
          </p>
        </div>
      </section>
    );
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
