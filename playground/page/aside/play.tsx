import { useEffect, useRef } from "preact/hooks";
import type { PlayView } from "../../serve/view.ts";
import { goOn, pause } from "../ask.ts";

const headings: Readonly<Record<PlayView["state"], string>> = {
  idle: "",
  playing: "A release is being played",
  paused: "Paused",
  done: "The release is done",
  failed: "The release stopped",
};

/** The release that plays itself, step by step. */
export function Play({ play }: { play: PlayView }) {
  const { state, told, total, problem } = play;
  const list = useRef<HTMLOListElement>(null);
  // A new step is scrolled to, within its list only.
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [told]);
  return (
    <section class="card play" aria-labelledby="play">
      <div class="card-head">
        <h3 id="play">{headings[state]}</h3>
        <span class="muted push">
          {told.length} of {total}
        </span>
      </div>
      <div class="card-body">
        <progress
          max={total}
          value={told.filter(({ leads }) => leads !== null).length}
          aria-labelledby="play"
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <ol ref={list} tabIndex={0} aria-live="polite" aria-label="Steps">
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
        {state === "playing" && (
          <div class="row">
            <button type="button" onClick={() => void pause()}>
              Pause
            </button>
            <button type="button" onClick={() => void goOn()}>
              Next
            </button>
          </div>
        )}
        {state === "paused" && (
          <button type="button" class="primary" onClick={() => void goOn()}>
            Go on
          </button>
        )}
      </div>
    </section>
  );
}
