import {
  createAccount,
  createApp,
  grant,
  install,
  otherApp,
  personOf,
  suspend,
  uninstall,
} from "./actions/accounts.ts";
import { type Manifest, submitManifest } from "./actions/manifests.ts";
import {
  createTeam,
  joinOrg,
  joinTeam,
  leaveOrg,
  leaveTeam,
  setRole,
  setTeamRole,
} from "./actions/members.ts";
import { createCommit, moveRef } from "./actions/push.ts";
import { dequeue, rebuild, settleFor } from "./actions/queue.ts";
import { createRepo } from "./actions/repos.ts";
import { Tokens } from "./auth.ts";
import { emissions } from "./events.ts";
import { Faults } from "./faults.ts";
import { createFetch } from "./fetch.ts";
import { type Listening, listen } from "./http.ts";
import { publicKeyOf, testPrivateKey } from "./keys.ts";
import { Limits } from "./limits.ts";
import type { Account, App, Installation, Permissions, Role, Team } from "./model.ts";
import type { AppHandle, AppOptions, GitHubOptions, RepoOptions } from "./options.ts";
import { type By, resolveBy } from "./people/by.ts";
import { RepoHandle } from "./people/repo.ts";
import { branchRef } from "./refs.ts";
import { RequestLog } from "./request-log.ts";
import { allRoutes } from "./routes/all.ts";
import { type AfterHook, type Hook, Server } from "./server.ts";
import { Webhooks } from "./webhooks.ts";
import { World } from "./world.ts";

/** A GitHub in memory. See README.md beside this file. */
export class GitHub {
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly requests: RequestLog;
  readonly faults = new Faults();
  readonly limits: Limits;
  readonly server: Server;
  /** Answers REST and GraphQL requests without a socket, whatever host they name. */
  readonly fetch: typeof fetch;
  /** Whether questions for `userContentEdits` are refused. */
  forbidEditHistory: boolean;
  readonly #tokens: Tokens;
  readonly #fixedUrls: boolean;

  constructor(options: GitHubOptions = {}) {
    const urls = {
      api: options.apiUrl ?? "https://api.github.com",
      html: options.htmlUrl ?? "https://github.com",
    };
    this.#fixedUrls = options.apiUrl !== undefined;
    this.world = new World({
      clock: options.clock ?? (() => new Date()),
      seed: options.seed ?? "seed",
      urls,
    });
    this.webhooks = new Webhooks(this.world, {
      ...(options.sink ? { sink: options.sink } : {}),
      ...(options.deliveryLogLimit === undefined ? {} : { logLimit: options.deliveryLogLimit }),
      ...(options.webhookTimeoutMs === undefined ? {} : { timeoutMs: options.webhookTimeoutMs }),
    });
    this.world.emit = (draft) => {
      for (const emission of emissions(this.world, draft)) this.webhooks.send(emission);
    };
    this.world.checksChanged = (repo, sha) => settleFor(this.world, repo, sha);
    this.world.baseMoved = (repo, branch) => rebuild(this.world, repo, branch);
    this.world.leavesQueue = (pull, by) => {
      if (pull.queueEntry) dequeue(this.world, pull.queueEntry, "MANUAL", by);
    };
    this.requests = new RequestLog(options.requestLogLimit);
    this.limits = new Limits(this.world, options.limits);
    this.forbidEditHistory = options.forbidEditHistory ?? false;
    this.#tokens = new Tokens(this.world, { expire: options.expireTokens ?? false });
    const routes = allRoutes({
      world: this.world,
      tokens: this.#tokens,
      webhooks: this.webhooks,
      limits: this.limits,
      editHistoryForbidden: () => this.forbidEditHistory,
    });
    this.server = new Server({
      world: this.world,
      router: routes.router,
      tokens: this.#tokens,
      faults: this.faults,
      limits: this.limits,
      log: this.requests,
    });
    this.server.latencyMs = options.latencyMs ?? 0;
    this.fetch = createFetch(this.server);
    createAccount(this.world, "web-flow", "User");
    createAccount(this.world, "github-merge-queue[bot]", "Bot");
  }

  /** Routes that were asked for and that nobody wrote. A test should end with none. */
  get unknownRoutes(): string[] {
    return this.server.unknownRoutes;
  }

  /** What broke inside: a bug here, or a hook that threw. A test should end with none. */
  get errors(): readonly unknown[] {
    return this.server.errors;
  }

  get latencyMs(): number {
    return this.server.latencyMs;
  }

  set latencyMs(value: number) {
    this.server.latencyMs = value;
  }

  /** Runs before a request is carried out, after its route and caller are known; returns how to end it. */
  onRequest(hook: Hook): () => void {
    this.server.before.add(hook);
    return () => this.server.before.delete(hook);
  }

  /** Runs after a request was carried out and before it is answered; returns how to end it. */
  onResponse(hook: AfterHook): () => void {
    this.server.after.add(hook);
    return () => this.server.after.delete(hook);
  }

  user(login: string): Account {
    return createAccount(this.world, login, "User");
  }

  /** The account of another app, such as `renovate[bot]`. */
  bot(login: string): Account {
    return personOf(this.world, login.endsWith("[bot]") ? login : `${login}[bot]`);
  }

  org(
    login: string,
    options: { owners?: readonly string[]; members?: readonly string[]; baseRole?: Role } = {},
  ): Account {
    const org = createAccount(this.world, login, "Organization");
    if (options.baseRole) org.baseRole = options.baseRole;
    for (const member of options.members ?? []) joinOrg(this.world, org, member, "member", org);
    for (const owner of options.owners ?? []) joinOrg(this.world, org, owner, "admin", org);
    return org;
  }

  /** A team by `org/slug`, with its members, who become members of the organisation. */
  team(
    name: string,
    members: readonly string[] = [],
    options: { parent?: string; maintainers?: readonly string[] } = {},
  ): Team {
    const [login, slug] = name.split("/") as [string, string];
    const org = this.org(login);
    const parent = options.parent === undefined ? undefined : org.teams.get(options.parent.toLowerCase());
    const team = org.teams.get(slug.toLowerCase()) ?? createTeam(this.world, org, slug, parent, org);
    for (const one of members) joinTeam(this.world, team, one, "member", org);
    for (const one of options.maintainers ?? []) joinTeam(this.world, team, one, "maintainer", org);
    return team;
  }

  removeFromTeam(name: string, login: string): void {
    const [owner, slug] = name.split("/") as [string, string];
    const org = this.world.account(owner);
    const team = org?.teams.get(slug.toLowerCase());
    if (org && team) leaveTeam(this.world, team, login, org);
  }

  removeFromOrg(owner: string, login: string): void {
    const org = this.world.account(owner);
    if (org) leaveOrg(this.world, org, login, org);
  }

  #appFor = (app: string | App): App => (typeof app === "string" ? otherApp(this.world, app) : app);

  /** Makes a repository, or finds it when it exists. An owner that is unknown becomes an organisation. */
  repo(name: string, options: RepoOptions = {}): RepoHandle {
    const known = this.world.repo(name);
    if (known) return new RepoHandle(this.world, known, this.#appFor);
    const [login, short] = name.split("/") as [string, string];
    const owner = this.world.account(login) ?? this.org(login);
    const repo = createRepo(this.world, {
      owner,
      name: short,
      ...(options.private === undefined ? {} : { private: options.private }),
      ...(options.defaultBranch === undefined ? {} : { defaultBranch: options.defaultBranch }),
    });
    for (const [who, role] of Object.entries(options.collaborators ?? {}))
      setRole(this.world, repo, personOf(this.world, who), role, owner);
    for (const [slug, role] of Object.entries(options.teams ?? {})) {
      const team = owner.teams.get(slug.toLowerCase());
      if (!team) throw new Error(`There is no team ${login}/${slug}`);
      setTeamRole(this.world, team, repo, role, owner);
    }
    const files = options.files ?? { "README.md": `# ${short}\n` };
    const first = createCommit(this.world, repo, { files, by: owner, parents: [], message: "Start" });
    const actor = { account: owner };
    for (const branch of [repo.defaultBranch, ...(options.branches ?? [])]) {
      moveRef(this.world, repo, branchRef(branch), first, actor);
    }
    return new RepoHandle(this.world, repo, this.#appFor);
  }

  /** Registers an app. Without `privateKey` it gets the key of this process. */
  app(options: AppOptions): AppHandle {
    const { privateKey = testPrivateKey(), owner, permissions, events, ...fields } = options;
    const app = createApp(this.world, {
      ...fields,
      permissions: permissions ?? {},
      events: events ?? [],
      publicKey: publicKeyOf(privateKey),
      ...(owner === undefined ? {} : { owner: this.world.account(owner) ?? this.org(owner) }),
    });
    return Object.assign(app, { privateKey });
  }

  /** Somebody registers an app from a manifest, on the page to which it was sent. The code goes to its `redirect_url`. */
  submitManifest(manifest: Manifest, { by }: { by: string }): string {
    return submitManifest(this.world, manifest, this.world.account(by) ?? this.user(by));
  }

  /** Installs an app for an owner: on all repositories, or on those named. */
  install(
    app: App,
    owner: string,
    repos: readonly string[] | "all" = "all",
    { by }: { by?: By } = {},
  ): Installation {
    const account = this.world.account(owner) ?? this.org(owner);
    const chosen =
      repos === "all"
        ? "all"
        : repos.map((name) => this.repo(name.includes("/") ? name : `${owner}/${name}`).record);
    return install(this.world, app, account, chosen, resolveBy(this.world, by ?? account).account);
  }

  uninstall(installation: Installation, { by }: { by?: By } = {}): void {
    uninstall(this.world, installation, resolveBy(this.world, by ?? installation.account).account);
  }

  /** The owner accepts new permissions for an installation. */
  grant(installation: Installation, permissions: Permissions): void {
    grant(this.world, installation, permissions, installation.account);
  }

  suspend(installation: Installation, suspended = true): void {
    suspend(this.world, installation, suspended, installation.account);
  }

  /** A personal access token with all of a person's rights. */
  tokenFor(login: string): string {
    return this.#tokens.forPerson(personOf(this.world, login));
  }

  /** A token of an installation, without asking for it over HTTP. */
  installationToken(installation: Installation): string {
    return this.#tokens.forInstallation(installation, installation.permissions, undefined).token;
  }

  /** Serves on 127.0.0.1, with and without the prefix `/api/v3`. */
  async listen(options: { port?: number; page?: Parameters<typeof listen>[2] } = {}): Promise<Listening> {
    const listening = await listen(this.server, options.port ?? 0, options.page);
    if (!this.#fixedUrls) this.world.urls = { api: `${listening.url}/api/v3`, html: listening.url };
    const { close } = listening;
    return {
      ...listening,
      close: async () => {
        this.webhooks.close();
        await close();
      },
    };
  }
}

export const createGitHub = (options?: GitHubOptions): GitHub => new GitHub(options);

export { Refused } from "./errors.ts";
export type { FaultKind, FaultRule, RandomFaults } from "./faults.ts";
export { testPrivateKey } from "./keys.ts";
export type { Account, App, Installation, Permissions, Role } from "./model.ts";
export type { AppHandle, AppOptions, GitHubOptions, RepoOptions } from "./options.ts";
export type { By } from "./people/by.ts";
export { CheckRunHandle, DeploymentHandle, SuiteHandle, WorkflowRunHandle } from "./people/checks.ts";
export { CommentHandle } from "./people/comment.ts";
export { IssueHandle } from "./people/issue.ts";
export { PullHandle } from "./people/pull.ts";
export { RepoHandle } from "./people/repo.ts";
export type { Call, Reply } from "./router.ts";
export type { Delivery, Sink, Weather } from "./webhooks.ts";
