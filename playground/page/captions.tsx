import type { PlayView } from "../serve/view.ts";
import { goOn, pause } from "./ask.ts";

/** What happens just now in the release that plays itself, below everything, as subtitles stand; and its controls. */
export function Captions({ play: { state, told, total } }: { play: PlayView }) {
  if (state !== "playing" && state !== "paused") return null;
  const now = told.at(-1);
  return (
    <section class="captions" aria-label="The release that plays itself">
      <progress
        max={total}
        value={told.filter(({ leads }) => leads !== null).length}
        aria-label="Steps done"
      />
      <p role="status">
        <b>{now?.happens}</b> {now?.leads}
      </p>
      <div class="row">
        {state === "playing" && (
          <>
            <button type="button" onClick={() => void pause()}>
              Pause
            </button>
            <button type="button" onClick={() => void goOn()}>
              Next
            </button>
          </>
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
