import type { Octokit } from "../../github/client.ts";
import { type Diagnosis, fine, note, problem, warning } from "./diagnosis.ts";

/** So many of the newest deliveries are looked at. */
const looked = 50;

/**
 * Whether webhooks arrive. Only the app itself may ask.
 *
 * @see https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
 */
export async function diagnoseDeliveries(app: Octokit): Promise<Diagnosis[]> {
  const { data } = await app.rest.apps.listWebhookDeliveries({ per_page: looked });
  const [newest] = data;
  if (newest === undefined)
    return [note("webhooks", "GitHub has delivered no webhook to the app in the last days.")];
  const failed = data.filter(({ status_code }) => status_code < 200 || status_code >= 400);
  const fix =
    "Compare the webhook address and secret in the app's settings with the server; its log tells the rest.";
  if (failed.length === data.length)
    return [
      problem(
        "webhooks",
        `None of the newest ${data.length} webhooks arrived: the last was answered with ${newest.status}.`,
        fix,
      ),
    ];
  if (failed.length > data.length / 10)
    return [warning("webhooks", `${failed.length} of the newest ${data.length} webhooks failed.`, fix)];
  return [fine("webhooks", `Webhooks arrive: ${data.length - failed.length} of the newest ${data.length}.`)];
}
