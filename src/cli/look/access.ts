import { checkName } from "../../domain/decide/block-model.ts";
import { readEnv } from "../../env.ts";
import { createClients, createTokenClient, type Octokit } from "../../github/client.ts";
import { orAbsent } from "../../github/errors.ts";
import { type Identity, readIdentity } from "../../github/read/identity.ts";
import { parseTargets, type Targets, targetsFor } from "../../notify/targets.ts";
import { version } from "../../version.ts";

/** The pull request that is asked for. */
export interface Asked {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** How the command line reads, and as which app it decides. */
export interface Access {
  readonly octokit: Octokit;
  readonly app: Identity;
  /** Whose rights count for reading, in words. */
  readonly as: string;
  /** Names of the targets that the server knows for this owner; null: that is not known here. */
  readonly targets: ReadonlySet<string> | null;
}

/** Nothing can be read before somebody changes something. The message says what. */
export class NoAccess extends Error {}

interface Named {
  readonly app?: string;
  readonly appId?: string;
}

/** Finds out who asks: the app where its credentials are there, else the token's owner. */
export async function access(
  env: Readonly<Record<string, string | undefined>>,
  asked: Asked,
  named: Named,
): Promise<Access> {
  // Here nothing is served, so that what a server must have in production may be missing.
  const reading = readEnv({ ...env, NODE_ENV: undefined }, parseTargets);
  if (!reading.ok) throw new NoAccess(reading.message);
  const { app: credentials, apiUrl } = reading.value;
  const targets = knownTargets(env.NOTIFICATION_TARGETS, reading.value.targets, asked.owner);
  const client = { baseUrl: apiUrl, userAgent: `release-checklist/${version}` };
  if (credentials !== undefined) {
    const clients = createClients({ ...client, ...credentials });
    const app = await readIdentity(clients.app);
    const installation = await orAbsent(() =>
      clients.app.rest.apps.getRepoInstallation({ owner: asked.owner, repo: asked.repo }),
    );
    if (installation === null)
      throw new NoAccess(`the app ${app.slug} is not installed on ${asked.owner}/${asked.repo}`);
    return { octokit: clients.installation(installation.data.id), app, as: "the app itself", targets };
  }
  const token = env.GITHUB_TOKEN?.trim();
  if (token === undefined || token === "")
    throw new NoAccess("set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY");
  const octokit = createTokenClient(token, client);
  return { octokit, app: await findApp(octokit, asked, named), as: "the owner of GITHUB_TOKEN", targets };
}

const knownTargets = (
  text: string | undefined,
  targets: Targets,
  owner: string,
): ReadonlySet<string> | null =>
  text === undefined || text.trim() === "" ? null : new Set(targetsFor(targets, owner).keys());

/** A token's owner cannot ask GitHub which app decides here: the app's check tells. */
async function findApp(octokit: Octokit, asked: Asked, { app: slug, appId }: Named): Promise<Identity> {
  if (slug !== undefined && appId !== undefined) return { slug, id: Number(appId) };
  if (slug !== undefined) return { slug, id: await idOf(octokit, slug) };
  const { owner, repo } = asked;
  const { data: pull } = await octokit.rest.pulls.get({ owner, repo, pull_number: asked.number });
  const name = checkName(pull.base.ref);
  const { data } = await octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: pull.head.sha,
    check_name: name,
    filter: "all",
    per_page: 100,
  });
  const apps = data.check_runs
    .toSorted((a, b) => b.id - a.id)
    .flatMap(({ app }) => (app?.slug === undefined ? [] : [{ slug: app.slug, id: app.id }]));
  const found = appId === undefined ? apps[0] : apps.find(({ id }) => id === Number(appId));
  if (found === undefined)
    throw new NoAccess(
      `no check "${name}" on ${pull.head.sha.slice(0, 7)} tells which app decides here: name it with --app <slug>`,
    );
  return found;
}

async function idOf(octokit: Octokit, slug: string): Promise<number> {
  const answer = await orAbsent(() => octokit.rest.apps.getBySlug({ app_slug: slug }));
  if (!answer?.data) throw new NoAccess(`GitHub shows no app ${slug}: add its number with --app-id`);
  return answer.data.id;
}
