import type { InboxView } from "../../serve/view.ts";

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

/** Slack's own escapes, as Slack shows them; bold text stays between its stars. */
const slackText = (text: string): string =>
  text
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, "$2")
    .replace(/<(https?:[^>]+)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
