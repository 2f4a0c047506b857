import { useEffect, useState } from "preact/hooks";
import type { Outcome, View } from "../serve/view.ts";
import { Aside } from "./aside/aside.tsx";
import { act } from "./ask.ts";
import { Captions } from "./captions.tsx";
import { Configuration } from "./configuration/configuration.tsx";
import { type Doing, DoingContext } from "./doing.ts";
import { GitHubAddress } from "./markdown/link.tsx";
import { Navigation } from "./navigation.tsx";
import { Notice } from "./notice.tsx";
import { People } from "./people.tsx";
import { placeOf, threadHash, useHash } from "./places.ts";
import { Thread } from "./thread/thread.tsx";
import { Traffic } from "./traffic.tsx";
import { useView } from "./view.ts";
import { WorldBar } from "./world-bar.tsx";

export function App() {
  const { view, connected } = useView();
  if (view === null) return <p class="opening">Opening the playground…</p>;
  return <Page view={view} connected={connected} />;
}

function Page({ view, connected }: { view: View; connected: boolean }) {
  const { world, play } = view;
  const [by, setBy] = useState("alice");
  const [refusal, setRefusal] = useState<Outcome | null>(null);
  const hash = useHash();
  const place = placeOf(hash, view.threads);
  const busy = !connected || world.state !== "running" || play.state === "playing" || play.state === "paused";
  const doing: Doing = {
    by,
    busy,
    perform: async (deed) => {
      const outcome = await act({ ...deed, by });
      setRefusal(outcome.ok ? null : outcome);
      return outcome;
    },
  };
  const newest = view.threads.at(-1);
  // A release that plays itself leads on to where it goes on.
  useEffect(() => {
    if (play.state === "playing" && newest?.kind === "issue") location.hash = threadHash(newest);
  }, [play.state, newest?.number]);
  // A fresh world has refused nothing yet.
  useEffect(() => setRefusal(null), [world.number]);
  return (
    <DoingContext.Provider value={doing}>
      <GitHubAddress.Provider value={world.github}>
        <WorldBar world={world} play={play} />
        <main data-place={place.name} data-world={world.state === "running" ? world.number : undefined}>
          {world.state === "running" ? (
            <>
              <div class="side">
                <People people={world.people} by={by} choose={setBy} />
                <Aside view={view} thread={place.thread} />
              </div>
              <div class="column">
                <Navigation view={view} place={place} />
                {place.name === "configuration" ? (
                  <Configuration key={world.number} repo={view.repo} threads={view.threads} />
                ) : place.name === "traffic" ? (
                  <Traffic webhooks={view.webhooks} requests={view.requests} app={world.app} />
                ) : (
                  place.thread && (
                    <Thread
                      key={`${world.number} ${place.thread.number}`}
                      thread={place.thread}
                      repo={view.repo}
                      threads={view.threads}
                    />
                  )
                )}
              </div>
            </>
          ) : (
            <State view={view} />
          )}
        </main>
        <Captions play={play} />
        <Notice outcome={refusal} dismiss={() => setRefusal(null)} />
        {!connected && (
          <p class="lost" role="alert">
            The playground does not answer. Start it again with <code>npm run playground</code>.
          </p>
        )}
      </GitHubAddress.Provider>
    </DoingContext.Provider>
  );
}

function State({ view: { world } }: { view: View }) {
  if (world.state === "starting")
    return (
      <p class="opening" role="status">
        A local GitHub, a Slack and the app are starting…
      </p>
    );
  return (
    <div class="opening" role="alert">
      <p>Something broke: {world.problem}. “Start afresh” makes a new world.</p>
      {world.log.length > 0 && <pre>{world.log.join("\n")}</pre>}
    </div>
  );
}
