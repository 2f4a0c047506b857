import type { Octokit } from "../../github/client.ts";
import { attempt, orAbsent } from "../../github/errors.ts";
import type { Identity } from "../../github/read/identity.ts";
import { readPages } from "../../github/read/pages.ts";
import { listRepositories } from "../../github/repositories.ts";
import { createConfigs } from "../../reconcile/config/configs.ts";
import { builtInTemplates } from "../../templates.ts";
import { Cannot } from "../cannot.ts";
import { type Connection, clientFor } from "../connect.ts";
import { diagnoseDeliveries } from "./deliveries.ts";
import { type Diagnosis, problem } from "./diagnosis.ts";
import { examine } from "./examine.ts";
import type { Examined, Section } from "./examined.ts";
import { diagnoseInstallation, readInstallation } from "./installation.ts";
import type { Grants } from "./manifest.ts";
import { readRecent } from "./recent.ts";

/** So many repositories are examined at once. */
const atOnce = 4;

export interface Visit {
  readonly connection: Connection;
  /** Slug of the app, for a token whose owner cannot ask GitHub which app decides. */
  readonly app: string | undefined;
  readonly progress: (text: string) => void;
}

/** One repository, with the app in it. */
export async function visitRepository(visit: Visit, owner: string, repo: string): Promise<Examined> {
  const { connection } = visit;
  const installed = await isInstalled(connection, owner, repo);
  if (connection.kind === "app" && !installed) {
    const { identity } = connection;
    const missing = problem(
      "app",
      `The app ${identity.slug} is not installed on ${owner}/${repo}.`,
      `Install it, or add the repository to its installation: ${connection.htmlUrl}/apps/${identity.slug}`,
    );
    return {
      app: identity,
      account: null,
      repositories: [{ name: `${owner}/${repo}`, diagnoses: [missing] }],
    };
  }
  const octokit = await clientFor(connection, { owner, repo });
  const { section, app } = await examineOne(visit, octokit, owner, repo);
  const general = await diagnoseApp(visit, octokit, owner, app);
  const diagnoses = [...general, ...section.diagnoses];
  return { app, account: null, repositories: [{ name: section.name, diagnoses }] };
}

/** Every repository of an organisation that this token, or the app, may see. */
export async function visitOrganisation(visit: Visit, owner: string): Promise<Examined> {
  const { connection, progress } = visit;
  progress(`Listing the repositories of ${owner} …`);
  const octokit = await organisationClient(connection, owner);
  const names = await repositoriesOf(connection, octokit, owner);
  const found: { section: Section; app: Identity | null }[] = [];
  for (let start = 0; start < names.length; start += atOnce) {
    progress(`Examining ${owner} (${start + 1} of ${names.length}) …`);
    const batch = names.slice(start, start + atOnce);
    found.push(...(await Promise.all(batch.map((name) => examineOne(visit, octokit, owner, name)))));
  }
  const app = found.map((one) => one.app).find((one) => one !== null) ?? null;
  const diagnoses = await diagnoseApp(visit, octokit, owner, app);
  return { app, account: { name: owner, diagnoses }, repositories: found.map(({ section }) => section) };
}

async function isInstalled(connection: Connection, owner: string, repo: string): Promise<boolean> {
  if (connection.kind === "token") return true;
  const { clients } = connection;
  return (await orAbsent(() => clients.app.rest.apps.getRepoInstallation({ owner, repo }))) !== null;
}

async function organisationClient(connection: Connection, owner: string): Promise<Octokit> {
  if (connection.kind === "token") return connection.octokit;
  const { clients, identity } = connection;
  const found = await orAbsent(() => clients.app.rest.apps.getOrgInstallation({ org: owner }));
  if (found === null) throw new Cannot(`the app ${identity.slug} is not installed for ${owner}`);
  return clients.installation(found.data.id);
}

async function repositoriesOf(connection: Connection, octokit: Octokit, owner: string): Promise<string[]> {
  if (connection.kind === "app") {
    const listed = await listRepositories(octokit);
    return listed.map(({ name }) => name).sort();
  }
  const listed = await readPages(
    (page) => octokit.rest.repos.listForOrg({ org: owner, ...page }),
    (data) => data,
  );
  return listed
    .filter(({ archived, disabled }) => archived !== true && disabled !== true)
    .map(({ name }) => name)
    .sort();
}

async function examineOne(
  visit: Visit,
  octokit: Octokit,
  owner: string,
  repo: string,
): Promise<{ section: Section; app: Identity | null }> {
  const { connection, progress } = visit;
  progress(`Examining ${owner}/${repo} …`);
  const { data } = await octokit.rest.repos.get({ owner, repo });
  const defaultBranch = data.default_branch;
  const now = () => Date.now();
  const [config, recent] = await Promise.all([
    createConfigs(builtInTemplates(), now).read(octokit, { owner, name: repo, defaultBranch }, null),
    readRecent(octokit, { owner, repo }, defaultBranch),
  ]);
  const app =
    connection.kind === "app" ? connection.identity : await appNamed(octokit, visit.app, recent.apps);
  const { htmlUrl, targets } = connection;
  const patient = { octokit, owner, repo, defaultBranch, htmlUrl, app, config, recent, targets };
  return { section: { name: `${owner}/${repo}`, diagnoses: await examine(patient) }, app };
}

/** The app that was named, or else the one whose check was seen. */
async function appNamed(
  octokit: Octokit,
  slug: string | undefined,
  seen: readonly Identity[],
): Promise<Identity | null> {
  if (slug === undefined) return seen[0] ?? null;
  const known = seen.find((one) => one.slug === slug);
  if (known !== undefined) return known;
  const found = await orAbsent(() => octokit.rest.apps.getBySlug({ app_slug: slug }));
  if (!found?.data)
    throw new Cannot(`GitHub shows no app ${slug}: its slug is the last part of its page's address`);
  return { slug, id: found.data.id };
}

/** What holds for the whole account. */
async function diagnoseApp(
  { connection, progress }: Visit,
  octokit: Octokit,
  owner: string,
  app: Identity | null,
): Promise<Diagnosis[]> {
  progress("Looking at the app …");
  const slug = app?.slug ?? null;
  const [installation, registered, deliveries] = await Promise.all([
    readInstallation(connection, octokit, owner, slug),
    readRegistered(connection, octokit, slug),
    connection.kind === "app" ? diagnoseDeliveries(connection.clients.app) : [],
  ]);
  return [...diagnoseInstallation(installation, owner, registered), ...deliveries];
}

/** As the app is registered: an installation may not have accepted all of it yet. */
async function readRegistered(
  connection: Connection,
  octokit: Octokit,
  slug: string | null,
): Promise<Grants | null> {
  if (slug === null) return null;
  const found = await attempt("the app", () =>
    connection.kind === "app"
      ? connection.clients.app.rest.apps.getAuthenticated()
      : octokit.rest.apps.getBySlug({ app_slug: slug }),
  );
  if (!found.ok || !found.value.data) return null;
  const { permissions, events } = found.value.data;
  return { permissions: { ...permissions } as Grants["permissions"], events };
}
