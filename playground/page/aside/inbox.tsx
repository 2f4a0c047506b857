import type { ComponentChildren } from "preact";
import type { InboxView } from "../../serve/view.ts";
import { Link } from "../markdown/link.tsx";

/** What arrived in Slack, and at somebody's own webhook. */
export function Inbox({ inbox: { messages, webhook } }: { inbox: InboxView }) {
  return (
    <section class="card inbox" aria-labelledby="inbox">
      <div class="card-head">
        <h2 id="inbox">Slack</h2>
        <span class="muted push">
          signed webhook: {webhook.received} received
          {webhook.refused > 0 && `, ${webhook.refused} with a wrong signature`}
        </span>
      </div>
      <div class="card-body" role="log" aria-label="Messages in Slack">
        {messages.length === 0 && <p class="muted">Nothing has arrived yet.</p>}
        {messages.toReversed().map(({ channel, text, at }) => (
          <div class="message" key={at}>
            <b class="muted">#{channel}</b>
            <p>{slackText(text)}</p>
          </div>
        ))}
      </div>
    </section>
  );
}

const link = /<(https?:[^|>]+)(?:\|([^>]*))?>/;

/** Slack's own escapes and links, as Slack shows them. */
function slackText(text: string): ComponentChildren {
  const match = link.exec(text);
  if (match === null) return unescaped(text);
  const [whole, address = "", words = address] = match;
  return (
    <>
      {unescaped(text.slice(0, match.index))}
      <Link href={address}>{unescaped(words)}</Link>
      {slackText(text.slice(match.index + whole.length))}
    </>
  );
}

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
