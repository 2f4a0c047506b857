import type { ThreadView, View } from "../../serve/view.ts";
import { Happenings } from "./happenings.tsx";
import { Inbox } from "./inbox.tsx";
import { Play } from "./play.tsx";

/** What happens beside the page: the world that reports, pushes and reads messages. */
export function Aside({ view, thread }: { view: View; thread: ThreadView | undefined }) {
  const { play, machines, repo, inbox, world } = view;
  return (
    <aside aria-label="The world around">
      {play.state !== "idle" && <Play play={play} />}
      {thread !== undefined && (
        <Happenings machines={machines} repo={repo} thread={thread} people={world.people} />
      )}
      <Inbox inbox={inbox} />
    </aside>
  );
}
