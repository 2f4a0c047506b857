import type { View } from "../serve/view.ts";
import { type Place, threadHash } from "./places.ts";

export function Navigation({ view, place }: { view: View; place: Place }) {
  const { threads, webhooks, requests } = view;
  return (
    <nav class="places" aria-label="What to look at">
      {threads.map((thread) => (
        <Entry
          key={thread.number}
          href={threadHash(thread)}
          here={place.name === "thread" && place.thread?.number === thread.number}
        >
          {thread.kind === "pull" ? "Pull request" : "Issue"} #{thread.number}
        </Entry>
      ))}
      <Entry href="#configuration" here={place.name === "configuration"}>
        Configuration
      </Entry>
      <Entry href="#traffic" here={place.name === "traffic"}>
        Traffic{" "}
        <span class="count" title={`${webhooks.total} webhooks, ${requests.total} requests`}>
          {webhooks.total + requests.total}
        </span>
      </Entry>
      <a
        href="/report"
        target="_blank"
        rel="noreferrer"
        title="Over half a year of releases that are made up"
      >
        Report <span aria-hidden="true">↗</span>
        <span class="unseen">(another page)</span>
      </a>
      {/* Where there is room, this stands beside everything else. */}
      <Entry href="#around" here={place.name === "around"} narrow>
        Buttons and Slack <span class="count">{view.inbox.messages.length}</span>
      </Entry>
    </nav>
  );
}

interface EntryProps {
  readonly href: string;
  readonly here: boolean;
  /** Only there where the page is narrow. */
  readonly narrow?: boolean;
  readonly children: preact.ComponentChildren;
}

function Entry({ href, here, narrow, children }: EntryProps) {
  return (
    <a href={href} aria-current={here ? "page" : undefined} class={narrow ? "narrow" : undefined}>
      {children}
    </a>
  );
}
