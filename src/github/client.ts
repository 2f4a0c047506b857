import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { createTransport, type TransportOptions } from "./transport.ts";

export type { Octokit } from "@octokit/rest";

export interface ClientOptions extends TransportOptions {
  readonly appId: number;
  readonly privateKey: string;
  /** `https://github.example.com/api/v3`; GitHub's own when absent. */
  readonly baseUrl?: string;
  readonly userAgent?: string;
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

export const createClients = (options: ClientOptions): Clients => {
  const { appId, privateKey } = options;
  const kept = new Map<number, Octokit>();
  const app = build(options, { authStrategy: createAppAuth, auth: { appId, privateKey, log: silent } });
  return {
    app,
    installation(id) {
      const client =
        kept.get(id) ??
        build(options, {
          authStrategy: createAppAuth,
          auth: { appId, privateKey, installationId: id, log: silent },
        });
      kept.delete(id);
      kept.set(id, client);
      for (const oldest of kept.keys()) {
        if (kept.size <= keptClients) break;
        kept.delete(oldest);
      }
      return client;
    },
    forget(id) {
      kept.delete(id);
    },
  };
};

/** A client for a person's or a workflow's token, for the command line. */
export const createTokenClient = (
  token: string,
  options: Omit<ClientOptions, "appId" | "privateKey"> = {},
): Octokit => build(options, { auth: token });

const build = (
  options: Omit<ClientOptions, "appId" | "privateKey">,
  auth: Pick<ConstructorParameters<typeof Octokit>[0] & object, "auth" | "authStrategy">,
): Octokit =>
  new Octokit({
    ...auth,
    ...(options.baseUrl ? { baseUrl: options.baseUrl } : {}),
    userAgent: options.userAgent ?? "release-checklist",
    // Requests are counted and refusals told by our own transport and errors.
    log: silent,
    request: { fetch: createTransport(options) },
  });

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
