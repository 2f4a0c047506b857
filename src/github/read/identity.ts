import type { Octokit } from "../client.ts";

/** Who the app is, as GitHub says: `GET /app`. */
export interface Identity {
  readonly id: number;
  readonly slug: string;
}

/** `app` is the client that speaks as the app itself. */
export const readIdentity = async (app: Octokit): Promise<Identity> => {
  const { data } = await app.rest.apps.getAuthenticated();
  if (!data?.slug)
    throw new Error("GET /app names no slug: APP_ID and PRIVATE_KEY must belong to a GitHub App");
  return { id: data.id, slug: data.slug };
};
