import type { RequestsView, WebhooksView } from "../serve/view.ts";

export interface TrafficProps {
  readonly webhooks: WebhooksView;
  readonly requests: RequestsView;
  /** The id of the app's process. */
  readonly app: number | null;
}

export function Traffic({ webhooks, requests, app }: TrafficProps) {
  return (
    <div class="traffic">
      <p class="muted">
        What the app, which is process {app} on this machine, and the local GitHub say to each other over
        HTTP.
      </p>
      <section class="card" aria-labelledby="requests">
        <div class="card-head">
          <h2 id="requests">API requests</h2>
          <span class="muted push">
            {requests.total} in all: {requests.reads} read, {requests.writes} wrote
          </span>
        </div>
        <Rows label="Requests by route">
          <thead>
            <tr>
              <th scope="col">route</th>
              <th scope="col" class="figure">
                times
              </th>
            </tr>
          </thead>
          <tbody>
            {requests.counts.map(([route, count]) => (
              <tr key={route}>
                <td>
                  <code>{route}</code>
                </td>
                <td class="figure">{count}</td>
              </tr>
            ))}
          </tbody>
        </Rows>
        <Rows label="Newest requests">
          <thead>
            <tr>
              <th scope="col" class="figure">
                nr
              </th>
              <th scope="col">request</th>
              <th scope="col" class="figure">
                status
              </th>
            </tr>
          </thead>
          <tbody>
            {requests.rows.map(({ number, method, path, status }) => (
              <tr key={number}>
                <td class="figure">{number}</td>
                <td>
                  <code>
                    {method} {path}
                  </code>
                </td>
                <td class="figure">{status}</td>
              </tr>
            ))}
          </tbody>
        </Rows>
      </section>
      <section class="card" aria-labelledby="webhooks">
        <div class="card-head">
          <h2 id="webhooks">Webhooks</h2>
          <span class="muted push">{webhooks.total} sent to the app</span>
        </div>
        <Rows label="Newest webhooks">
          <thead>
            <tr>
              <th scope="col">event</th>
              <th scope="col">by</th>
              <th scope="col" class="figure">
                status
              </th>
              <th scope="col" class="figure">
                ms
              </th>
            </tr>
          </thead>
          <tbody>
            {webhooks.rows.map(({ id, event, by, status, milliseconds }) => (
              <tr key={id}>
                <td>
                  <code>{event}</code>
                </td>
                <td>{by}</td>
                <td class="figure">{status}</td>
                <td class="figure">{milliseconds}</td>
              </tr>
            ))}
          </tbody>
        </Rows>
      </section>
    </div>
  );
}

function Rows({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="rows" tabIndex={0} aria-label={label}>
      <table>{children}</table>
    </section>
  );
}
