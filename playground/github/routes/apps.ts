import { convertManifest } from "../actions/manifests.ts";
import type { Tokens } from "../auth.ts";
import { ApiError, forbidden, notFound, unauthorized, unprocessable } from "../errors.ts";
import { appJson, userJson } from "../json/account.ts";
import { installationJson, repoDetails } from "../json/repo.ts";
import type { App, Installation, Json, Permissions, Repo } from "../model.ts";
import { allows } from "../permissions.ts";
import type { Call } from "../router.ts";
import { checkFields, created, noContent, ok, page, type Routes } from "../routing.ts";
import type { Delivery, Webhooks } from "../webhooks.ts";
import { covers } from "../world.ts";

const asApp = (call: Call): App => {
  if (call.caller.kind !== "app") throw unauthorized("A JSON web token could not be decoded");
  return call.caller.app;
};

const deliverySummary = (delivery: Delivery): Json => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.duration / 1000,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: null,
});

/** What an app asks with its own signature, and the tokens that it gets for its installations. */
export function appRoutes(routes: Routes, tokens: Tokens, webhooks: Webhooks): void {
  const { world } = routes;
  const installed = (app: App): Installation[] =>
    [...world.installations.values()].filter((installation) => installation.app === app);
  const reposOf = (installation: Installation): Repo[] =>
    [...world.repos.values()].filter((repo) => covers(installation, repo));

  routes.on("GET", "/app", (call) => {
    const app = asApp(call);
    return ok({ ...appJson(world.urls, app), installations_count: installed(app).length });
  });

  routes.on("GET", "/apps/{slug}", (call) => {
    const app = world.apps.get(call.params.slug as string);
    if (!app) throw notFound();
    return ok(appJson(world.urls, app));
  });

  /** Whoever has the code may do this, once: it is how an app gets to know itself. */
  routes.on("POST", "/app-manifests/{code}/conversions", (call) => {
    const registered = convertManifest(world, call.params.code as string);
    if (!registered) throw notFound();
    const { app, secrets } = registered;
    return created({ ...appJson(world.urls, app), ...secrets });
  });

  routes.on("GET", "/app/installations", (call) =>
    page(call, installed(asApp(call)), (installation) => installationJson(world.urls, installation)),
  );

  const installationOf = (call: Call): Installation => {
    const found = world.installations.get(Number(call.params.id));
    if (found?.app !== asApp(call)) throw notFound();
    return found;
  };

  routes.on("GET", "/app/installations/{id}", (call) =>
    ok(installationJson(world.urls, installationOf(call))),
  );

  routes.on("POST", "/app/installations/{id}/access_tokens", (call) => {
    const installation = installationOf(call);
    if (installation.suspendedAt !== null) throw forbidden("This installation has been suspended");
    checkFields(call.body, { repositories: "array", repository_ids: "array", permissions: "object" });
    const asked = (call.body.permissions ?? installation.permissions) as Permissions;
    for (const [name, access] of Object.entries(asked)) {
      if (!allows(installation.permissions, name, access)) {
        throw unprocessable("The permissions requested are not granted to this installation.");
      }
    }
    const names = call.body.repositories as string[] | undefined;
    const ids = call.body.repository_ids as number[] | undefined;
    const wanted = reposOf(installation).filter(
      (repo) => names?.includes(repo.name) || ids?.includes(repo.id),
    );
    const count = new Set(names).size + new Set(ids).size;
    if (count > wanted.length) {
      throw unprocessable(
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
    const limited = count > 0 ? new Set(wanted.map((repo) => repo.id)) : undefined;
    const { token, expiresAt } = tokens.forInstallation(
      installation,
      { metadata: "read", ...asked },
      limited,
    );
    return created({
      token,
      expires_at: expiresAt,
      permissions: { metadata: "read", ...asked },
      repository_selection: limited ? "selected" : installation.selection,
    });
  });

  const withInstallation = (call: Call, repo: Repo | undefined) => {
    const app = asApp(call);
    const found = repo && world.installationFor(app, repo);
    if (!found) throw notFound();
    return ok(installationJson(world.urls, found));
  };

  routes.on("GET", "/repos/{owner}/{repo}/installation", (call) =>
    withInstallation(call, world.repo(`${call.params.owner}/${call.params.repo}`)),
  );

  for (const kind of ["orgs", "users"]) {
    routes.on("GET", `/${kind}/{login}/installation`, (call) => {
      const app = asApp(call);
      const account = world.account(call.params.login as string);
      const found = installed(app).find((installation) => installation.account === account);
      if (!found) throw notFound();
      return ok(installationJson(world.urls, found));
    });
  }

  routes.on("GET", "/installation/repositories", (call) => {
    const { caller } = call;
    if (caller.kind !== "installation")
      throw forbidden("You must authenticate with an installation access token");
    const repos = reposOf(caller.installation).filter((repo) => caller.repositoryIds?.has(repo.id) ?? true);
    const reply = page(
      call,
      repos,
      (repo) =>
        repoDetails(
          world.urls,
          repo,
          (role) => role === "read" || allows(caller.permissions, "contents", "write"),
        ),
      "repositories",
    );
    Object.assign(reply.body as Json, { repository_selection: caller.installation.selection });
    return reply;
  });

  routes.on("DELETE", "/installation/token", (call) => {
    tokens.revoke(call.headers.authorization?.split(" ")[1] ?? "");
    return noContent();
  });

  routes.on("GET", "/app/hook/deliveries", (call) => {
    const app = asApp(call);
    const size = Math.min(Number(call.query.get("per_page") ?? 30) || 30, 100);
    const cursor = call.query.get("cursor");
    const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor.replace(/^v1_/, ""));
    if (Number.isNaN(before)) throw new ApiError(400, { message: "Invalid cursor" });
    const mine = webhooks.log.filter((delivery) => delivery.appId === app.id && delivery.id < before);
    const wanted = call.query.get("status");
    const of = (delivery: Delivery) =>
      delivery.statusCode >= 200 && delivery.statusCode < 400 ? "success" : "failure";
    const found = mine
      .filter((delivery) => wanted === null || of(delivery) === wanted)
      .sort((a, b) => b.id - a.id);
    const shown = found.slice(0, size);
    const last = shown.at(-1);
    if (!last || found.length <= size) return ok(shown.map(deliverySummary));
    const query = new URLSearchParams(call.query);
    query.set("cursor", `v1_${last.id}`);
    const link = `<${call.base}${call.path}?${query}>; rel="next"`;
    return { status: 200, headers: { link }, body: shown.map(deliverySummary) };
  });

  const deliveryOf = (call: Call): Delivery => {
    const found = webhooks.find(Number(call.params.id));
    if (found?.appId !== asApp(call).id) throw notFound();
    return found;
  };

  routes.on("GET", "/app/hook/deliveries/{id}", (call) => {
    const delivery = deliveryOf(call);
    return ok({
      ...deliverySummary(delivery),
      url: world.apps.get(delivery.app)?.webhookUrl ?? "",
      request: { headers: delivery.requestHeaders, payload: delivery.payload },
      response: { headers: {}, payload: "" },
    });
  });

  routes.on("POST", "/app/hook/deliveries/{id}/attempts", (call) => {
    const app = asApp(call);
    webhooks.redeliver(deliveryOf(call).id, app);
    return ok({}, 202);
  });

  routes.on("GET", "/user", (call) => {
    const { caller } = call;
    if (caller.kind === "user")
      return ok({ ...userJson(world.urls, caller.account), name: caller.account.name });
    throw caller.kind === "anonymous"
      ? unauthorized("Requires authentication")
      : forbidden("Resource not accessible by integration");
  });
}
