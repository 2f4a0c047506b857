import type { Octokit } from "../../github/client.ts";
import { orAbsent } from "../../github/errors.ts";
import type { RepoName } from "../../github/read/account.ts";
import type { Identity } from "../../github/read/identity.ts";
import { listOrganisation, listRepositories } from "../../github/repositories.ts";
import { Cannot } from "../cannot.ts";
import { type Connection, clientFor } from "../connect.ts";
import { idOf } from "../look/access.ts";

/** A repository with the client that may read it. */
export interface Readable {
  readonly name: RepoName;
  readonly octokit: Octokit;
}

/** Those that are named, and all of the organisation. */
export async function repositoriesOf(
  connection: Connection,
  named: readonly RepoName[],
  org: string | undefined,
): Promise<readonly Readable[]> {
  const some = await Promise.all(
    named.map(async (name) => ({ name, octokit: await clientFor(connection, name) })),
  );
  const all = org === undefined ? [] : await ofOrganisation(connection, org);
  const known = new Map(
    [...some, ...all].map((one) => [`${one.name.owner}/${one.name.repo}`.toLowerCase(), one]),
  );
  return [...known.values()];
}

async function ofOrganisation(connection: Connection, org: string): Promise<Readable[]> {
  if (connection.kind === "token") {
    const { octokit } = connection;
    const listed = await orAbsent(() => listOrganisation(octokit, org));
    if (listed === null) throw new Cannot(`there is no organisation ${org}, or this token may not see it`);
    return listed.map((name) => ({ name, octokit }));
  }
  const { clients, identity } = connection;
  const installation = await orAbsent(() => clients.app.rest.apps.getOrgInstallation({ org }));
  if (installation === null) throw new Cannot(`the app ${identity.slug} is not installed on ${org}`);
  const octokit = clients.installation(installation.data.id);
  const listed = await listRepositories(octokit);
  return listed.map(({ owner, name }) => ({ name: { owner, repo: name }, octokit }));
}

/** The app whose records count. With its credentials it is known; a token's owner has to name it. */
export async function appOf(
  connection: Connection,
  { app, appId }: { readonly app?: string; readonly appId?: string },
): Promise<Identity> {
  if (connection.kind === "app") return connection.identity;
  if (app === undefined)
    throw new Cannot(
      "name the app whose records count with --app <slug>, or give its APP_ID and PRIVATE_KEY.",
    );
  return { slug: app, id: appId === undefined ? await idOf(connection.octokit, app) : Number(appId) };
}
