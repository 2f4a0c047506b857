import { readEnv } from "../env.ts";
import { type Clients, createClients, createTokenClient, type Octokit } from "../github/client.ts";
import { orAbsent } from "../github/errors.ts";
import { type Identity, readIdentity } from "../github/read/identity.ts";
import { parseTargets, type Targets } from "../notify/targets.ts";
import { version } from "../version.ts";
import { Cannot } from "./cannot.ts";

export type Env = Readonly<Record<string, string | undefined>>;

interface Place {
  /** Base address of GitHub's REST API. */
  readonly apiUrl: string;
  /** Where people look: `https://github.com`. */
  readonly htmlUrl: string;
  /** `NOTIFICATION_TARGETS`; null: it is not set here, so nothing is known of the server's targets. */
  readonly targets: Targets | null;
}

/** Who asks GitHub, and where it is. */
export type Connection = Place &
  (
    | { readonly kind: "app"; readonly clients: Clients; readonly identity: Identity }
    | { readonly kind: "token"; readonly octokit: Octokit }
  );

/** Finds out who asks: the app where its credentials are there, else the token's owner. */
export async function connect(env: Env): Promise<Connection> {
  // Here nothing is served, so that what a server must have in production may be missing.
  const reading = readEnv({ ...env, NODE_ENV: undefined }, parseTargets);
  if (!reading.ok) throw new Cannot(reading.message);
  const { app: credentials, apiUrl, targets } = reading.value;
  const place: Place = {
    apiUrl,
    htmlUrl: apiUrl === "https://api.github.com" ? "https://github.com" : apiUrl.replace(/\/api\/v3$/, ""),
    targets: isSet(env.NOTIFICATION_TARGETS) ? targets : null,
  };
  const client = { baseUrl: apiUrl, userAgent: `release-checklist/${version}` };
  if (credentials !== undefined) {
    const clients = createClients({ ...client, ...credentials });
    return { ...place, kind: "app", clients, identity: await readIdentity(clients.app) };
  }
  const token = env.GITHUB_TOKEN?.trim();
  if (token === undefined || token === "")
    throw new Cannot("set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY");
  return { ...place, kind: "token", octokit: createTokenClient(token, client) };
}

/** Whether anybody is named who could ask. */
export const hasCredentials = (env: Env): boolean => isSet(env.GITHUB_TOKEN) || isSet(env.APP_ID);

const isSet = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

/** The client that may read this repository. */
export async function clientFor(
  connection: Connection,
  { owner, repo }: { readonly owner: string; readonly repo: string },
): Promise<Octokit> {
  if (connection.kind === "token") return connection.octokit;
  const { clients, identity } = connection;
  const installation = await orAbsent(() => clients.app.rest.apps.getRepoInstallation({ owner, repo }));
  if (installation === null)
    throw new Cannot(`the app ${identity.slug} is not installed on ${owner}/${repo}`);
  return clients.installation(installation.data.id);
}
