import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { PassingFault } from "./errors.ts";
import { createMemo } from "./read/memo.ts";
import { createTransport, type Fetch, type Quota, type TransportOptions } from "./transport.ts";

export type { Octokit } from "@octokit/rest";

export interface ClientOptions extends TransportOptions {
  readonly appId: number;
  readonly privateKey: string;
  /** `https://github.example.com/api/v3`; GitHub's own when absent. */
  readonly baseUrl?: string;
  readonly userAgent?: string;
  /** What an answer told of an installation's quota. */
  readonly onInstallationQuota?: (installation: number, quota: Quota) => void;
}

export interface Clients {
  /** Speaks as the app itself (JWT): the app's identity, its installations, its webhook deliveries. */
  readonly app: Octokit;
  /** Speaks as one installation; each has its own token, pace and limits. */
  installation(id: number): Octokit;
  /** Drops the client with its token: after a change of permissions, which an older token does not have, or a 401. */
  forget(id: number): void;
}

/** Clients are kept for so many installations; those unused for longest make place. */
const keptClients = 500;

interface Kept {
  /** Outlives the client, since limits are the installation's and not the token's. */
  readonly transport: Fetch;
  client: Octokit | null;
}

export const createClients = (options: ClientOptions): Clients => {
  const { appId, privateKey } = options;
  const kept = createMemo<Kept>(keptClients);
  const forget = (id: number) => {
    const known = kept.get(String(id));
    if (known) known.client = null;
  };
  const make = (id: number, transport: Fetch): Octokit => {
    const auth = { appId, privateKey, installationId: id, log: silent };
    const client = build(options, transport, { authStrategy: createAppAuth, auth });
    // A token may end before its time; the next look gets a new one.
    client.hook.error("request", (error) => {
      if ("status" in error && error.status === 401) forget(id);
      throw error;
    });
    return client;
  };
  const auth = { appId, privateKey, log: silent };
  return {
    app: build(options, createTransport(options), { authStrategy: createAppAuth, auth }),
    installation(id) {
      const known = kept.get(String(id)) ?? {
        transport: createTransport({
          ...options,
          onQuota: (quota) => options.onInstallationQuota?.(id, quota),
        }),
        client: null,
      };
      kept.set(String(id), known);
      known.client ??= make(id, known.transport);
      return known.client;
    },
    forget,
  };
};

/** A client for a person's or a workflow's token, for the command line. */
export const createTokenClient = (
  token: string,
  options: Omit<ClientOptions, "appId" | "privateKey"> = {},
): Octokit => build(options, createTransport(options), { auth: token });

const build = (
  options: Omit<ClientOptions, "appId" | "privateKey">,
  transport: Fetch,
  auth: Pick<ConstructorParameters<typeof Octokit>[0] & object, "auth" | "authStrategy">,
): Octokit => {
  const client = new Octokit({
    ...auth,
    ...(options.baseUrl ? { baseUrl: options.baseUrl } : {}),
    userAgent: options.userAgent ?? "release-checklist",
    // Requests are counted and refusals told by our own transport and errors.
    log: silent,
    request: { fetch: transport },
  });
  client.hook.wrap("request", async (request, given) => {
    const response = await request({
      ...given,
      request: { ...given.request, parseSuccessResponseBody: false },
    });
    return typeof response.data === "string" && response.data !== ""
      ? { ...response, data: parse(response.data, `${given.method} ${given.url}`) }
      : response;
  });
  return client;
};

/**
 * Octokit's own parser looks for numbers too large for JavaScript, which GitHub's JSON does not hold, and takes ten
 * times as long; and it hands on as text what is no JSON, such as a proxy's page with status 200.
 */
const parse = (text: string, label: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new PassingFault(`The answer is not JSON (${label})`, { unclear: true });
  }
};

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
