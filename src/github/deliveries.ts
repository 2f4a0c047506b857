import type { Octokit } from "./client.ts";

/** One attempt to deliver a webhook, as GitHub's log lists it. */
export interface Attempt {
  readonly id: number;
  /** The same for every attempt of one delivery. */
  readonly guid: string;
  readonly statusCode: number;
  /** ISO 8601. */
  readonly at: string;
}

/** A delivery that fails so often would fail for ever. */
const mostAttempts = 4;
/** A page holds a hundred attempts. */
const mostPages = 50;

/**
 * Which attempts to ask for again: the newest of every delivery that only ever failed, oldest first, so that events
 * arrive in the order in which they happened.
 */
export const failedDeliveries = (attempts: readonly Attempt[]): number[] => {
  const byGuid = Map.groupBy(attempts, ({ guid }) => guid);
  return [...byGuid.values()]
    .filter((tries) => tries.length < mostAttempts && tries.every(failed))
    .map((tries) => Math.max(...tries.map(({ id }) => id)))
    .toSorted((a, b) => a - b);
};

const failed = ({ statusCode }: Attempt): boolean => statusCode < 200 || statusCode >= 400;

/**
 * Asks GitHub to deliver again what failed since `since` (ISO 8601; null: as far back as GitHub keeps it, three days on
 * github.com). GitHub never does so by itself. Resolves with the number of deliveries that were asked for.
 */
export const redeliverFailed = async (app: Octokit, since: string | null): Promise<number> => {
  const ids = failedDeliveries(await listAttempts(app, since));
  await Promise.all(ids.map((id) => app.rest.apps.redeliverWebhookDelivery({ delivery_id: id })));
  return ids.length;
};

const listAttempts = async (app: Octokit, since: string | null): Promise<Attempt[]> => {
  const attempts: Attempt[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    // A server that does not know `status` yet lists all attempts: the result is the same, after more pages.
    const { data, headers } = await listPage(app, cursor);
    attempts.push(...data.filter(({ at }) => since === null || at >= since));
    const oldest = data.at(-1);
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? "")?.[1] ?? null;
    if (cursor === null || (since !== null && oldest && oldest.at < since)) break;
  }
  return attempts;
};

const listPage = async (app: Octokit, cursor: string | null) => {
  const { data, headers } = await app.rest.apps.listWebhookDeliveries({
    per_page: 100,
    status: "failure",
    ...(cursor ? { cursor: decodeURIComponent(cursor) } : {}),
  });
  const listed = data.map((delivery) => ({
    id: delivery.id,
    guid: delivery.guid,
    statusCode: delivery.status_code,
    at: delivery.delivered_at,
  }));
  return { data: listed, headers };
};
