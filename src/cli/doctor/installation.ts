import type { Octokit } from "../../github/client.ts";
import { attempt, orAbsent } from "../../github/errors.ts";
import { readPages } from "../../github/read/pages.ts";
import type { Connection } from "../connect.ts";
import { type Diagnosis, fine, problem, unseen } from "./diagnosis.ts";
import { type Grants, lacking, neededGrants } from "./manifest.ts";

/** The app in one organisation or account. */
export interface Installation extends Grants {
  readonly url: string;
  readonly appId: number;
  readonly appSlug: string;
  readonly appUrl: string;
  readonly suspended: boolean;
}

interface Listed {
  readonly app_id: number;
  readonly app_slug: string;
  readonly html_url: string;
  readonly permissions: object;
  readonly events: readonly string[];
  readonly suspended_at: string | null;
}

const installationOf = (found: Listed, { htmlUrl }: Connection): Installation => ({
  url: found.html_url,
  appId: found.app_id,
  appSlug: found.app_slug,
  appUrl: `${htmlUrl}/apps/${found.app_slug}`,
  suspended: found.suspended_at !== null,
  permissions: { ...found.permissions },
  events: found.events,
});

/**
 * How the app is installed for an owner; null where it is not. With a token only an owner of the organisation may see
 * it: `GET /orgs/{org}/installations`.
 */
export async function readInstallation(
  connection: Connection,
  octokit: Octokit,
  owner: string,
  slug: string | null,
): Promise<Installation | null | "unseen"> {
  if (connection.kind === "app") {
    const { rest } = connection.clients.app;
    const found =
      (await orAbsent(() => rest.apps.getOrgInstallation({ org: owner }))) ??
      (await orAbsent(() => rest.apps.getUserInstallation({ username: owner })));
    return found === null ? null : installationOf(found.data as Listed, connection);
  }
  if (slug === null) return "unseen";
  const listed = await attempt("the installations", () =>
    readPages(
      (page) => octokit.rest.orgs.listAppInstallations({ org: owner, ...page }),
      (data) => data.installations,
    ),
  );
  if (!listed.ok) return "unseen";
  const found = listed.value.find((one) => one.app_slug === slug);
  return found === undefined ? null : installationOf(found as Listed, connection);
}

/** Permissions and events, granted against needed. */
export function diagnoseInstallation(
  installation: Installation | null | "unseen",
  owner: string,
  registered: Grants | null,
): Diagnosis[] {
  if (installation === "unseen")
    return [
      unseen(
        "permissions",
        "What the app may do here, and which events it is told, is seen by the app itself and by an owner of the organisation only.",
        "Run this with the app's APP_ID and PRIVATE_KEY, or with the token of an owner (scope admin:org, read).",
      ),
    ];
  if (installation === null)
    return [
      problem(
        "app",
        `The app is not installed for ${owner}.`,
        "Install it from its page on GitHub, for the repositories it shall look after.",
      ),
    ];
  const { appSlug, appUrl, url } = installation;
  if (installation.suspended)
    return [
      problem(
        "app",
        `The app ${appSlug} is suspended for ${owner}: it sees and writes nothing.`,
        `Unsuspend it: ${url}`,
      ),
    ];
  const needed = neededGrants();
  const granted = lacking(needed, installation);
  const known = registered === null ? null : lacking(needed, registered);
  const settings = `Add it in the app's settings, under "Permissions & events" (from ${appUrl}); then an owner of ${owner} accepts: ${url}`;
  const permissions = granted.permissions.map((one) =>
    known === null || known.permissions.includes(one)
      ? problem("permissions", `The app lacks the permission ${one}.`, settings)
      : problem(
          "permissions",
          `The permission ${one} is asked for and not accepted.`,
          `An owner of ${owner} accepts it: ${url}`,
        ),
  );
  const events = granted.events.map((one) => problem("events", `The app is not told of "${one}".`, settings));
  return [
    ...permissions,
    ...events,
    ...(permissions.length === 0 ? [fine("permissions", "Every permission that is needed is granted.")] : []),
    ...(events.length === 0 ? [fine("events", "The app is told of every event that it looks at.")] : []),
  ];
}
