import type { GitHub } from "../github/index.ts";
import type { Stage } from "../story/stage.ts";
import type { InboxView, RequestsView, WebhooksView } from "./view.ts";

/** As many lines of a log as the page shows. */
const shown = 100;

export function webhooksView({ webhooks }: GitHub): WebhooksView {
  const rows = webhooks.log.slice(-shown).reverse();
  return {
    total: webhooks.emitted,
    rows: rows.map(({ id, event, action, payload, statusCode, duration }) => ({
      id,
      event: action === null ? event : `${event}.${action}`,
      by: (payload.sender as { login?: string } | undefined)?.login ?? "",
      status: statusCode,
      milliseconds: duration,
    })),
  };
}

export function requestsView({ requests }: GitHub): RequestsView {
  const { total, reads, writes, counts, list } = requests;
  return {
    total,
    reads,
    writes,
    counts: [...counts].sort(([, a], [, b]) => b - a),
    rows: list
      .slice(-shown)
      .map(({ method, path, status }, index) => ({
        number: total - Math.min(shown, list.length) + index + 1,
        method,
        path,
        status,
      }))
      .reverse(),
  };
}

export const inboxView = ({ slack, audit }: Stage): InboxView => ({
  messages: slack.messages.map(({ channel, text }, at) => ({ channel, text: text ?? "", at })),
  webhook: { received: audit.received.length, refused: audit.refused },
});
