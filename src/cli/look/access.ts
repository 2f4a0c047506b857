import { checkName } from "../../domain/decide/block-model.ts";
import type { Octokit } from "../../github/client.ts";
import { orAbsent } from "../../github/errors.ts";
import type { Identity } from "../../github/read/identity.ts";
import { targetsFor } from "../../notify/targets.ts";
import { Cannot } from "../cannot.ts";
import { clientFor, connect, type Env } from "../connect.ts";
import type { PullName } from "../pull-name.ts";

/** How the command line reads, and as which app it decides. */
export interface Access {
  readonly octokit: Octokit;
  readonly app: Identity;
  /** Whose rights count for reading, in words. */
  readonly as: string;
  /** Names of the targets that the server knows for this owner; null: that is not known here. */
  readonly targets: ReadonlySet<string> | null;
}

interface Named {
  readonly app?: string;
  readonly appId?: string;
}

/** Reads as the app where its credentials are there, else as the token's owner. */
export async function access(env: Env, asked: PullName, named: Named): Promise<Access> {
  const connection = await connect(env);
  const octokit = await clientFor(connection, asked);
  const targets =
    connection.targets === null ? null : new Set(targetsFor(connection.targets, asked.owner).keys());
  return connection.kind === "app"
    ? { octokit, app: connection.identity, as: "the app itself", targets }
    : { octokit, app: await findApp(octokit, asked, named), as: "the owner of GITHUB_TOKEN", targets };
}

/** A token's owner cannot ask GitHub which app decides here: the app's check tells. */
async function findApp(octokit: Octokit, asked: PullName, { app: slug, appId }: Named): Promise<Identity> {
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
    throw new Cannot(
      `no check "${name}" on ${pull.head.sha.slice(0, 7)} tells which app decides here: name it with --app <slug>`,
    );
  return found;
}

/** GitHub tells of apps that are public, or that the caller may see. */
export async function idOf(octokit: Octokit, slug: string): Promise<number> {
  const answer = await orAbsent(() => octokit.rest.apps.getBySlug({ app_slug: slug }));
  if (!answer?.data) throw new Cannot(`GitHub shows no app ${slug}: add its number with --app-id`);
  return answer.data.id;
}
