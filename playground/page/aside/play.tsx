import { useEffect, useRef } from "preact/hooks";
import type { PlayView } from "../../serve/view.ts";

const headings: Readonly<Record<PlayView["state"], string>> = {
  idle: "",
  playing: "A release is being played",
  paused: "A release is being played",
  done: "The release is done",
  failed: "The release stopped",
};

/** What happened so far in the release that plays itself. */
export function Play({ play: { state, told, total, problem } }: { play: PlayView }) {
  const list = useRef<HTMLOListElement>(null);
  // A new step is scrolled to, within its list only.
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [told]);
  return (
    <section class="card play" aria-labelledby="play">
      <div class="card-head">
        <h2 id="play">{headings[state]}</h2>
        <span class="muted push">
          {told.length} of {total}
        </span>
      </div>
      <div class="card-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <ol ref={list} tabIndex={0} aria-label="Steps">
          {told.map(({ happens, leads }) => (
            <li key={happens} class={leads === null ? "now" : ""}>
              {happens}
              {leads !== null && <span class="leads">{leads}</span>}
            </li>
          ))}
        </ol>
        {problem !== null && (
          <p role="alert" class="warning">
            {problem}
          </p>
        )}
      </div>
    </section>
  );
}
