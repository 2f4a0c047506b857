import { useState } from "preact/hooks";
import type { PlayView, WorldView } from "../serve/view.ts";
import { play, start } from "./ask.ts";

/** Which world it is, a fresh one, and the release that plays itself. */
export function WorldBar({ world, play: played }: { world: WorldView; play: PlayView }) {
  // Chosen, and not yet opened: a list that is walked through by keyboard opens nothing by itself.
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = chosen ?? world.choice;
  const open = (how: (choice: string) => Promise<unknown>) => {
    setChosen(null);
    void how(choice);
  };
  const busy = world.state === "starting";
  const playing = played.state === "playing" || played.state === "paused";
  return (
    <header class="top">
      <h1>
        <img src="/icon.svg" alt="" width="24" height="24" /> Release Checklist <span>playground</span>
      </h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open(start);
        }}
      >
        <label for="choice">Checklist</label>
        <select
          id="choice"
          value={choice}
          disabled={busy}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {world.choices.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <button type="submit" class={choice === world.choice ? "" : "primary"} disabled={busy}>
          {choice === world.choice ? "Start afresh" : "Open"}
        </button>
        <button type="button" class="primary" disabled={busy || playing} onClick={() => open(play)}>
          Play a release
        </button>
      </form>
    </header>
  );
}
