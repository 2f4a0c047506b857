import { publicKeyOf, testPrivateKey } from "../keys.ts";
import type { Account, App, Json, Permissions } from "../model.ts";
import type { World } from "../world.ts";
import { createApp } from "./accounts.ts";

/** What the page says on which somebody registers an app from a manifest. */
export interface Manifest {
  name: string;
  url: string;
  redirect_url?: string;
  hook_attributes?: { url: string; active?: boolean };
  default_permissions?: Permissions;
  default_events?: string[];
  public?: boolean;
}

interface Waiting {
  manifest: Manifest;
  owner: Account;
}

const waiting = new WeakMap<World, Map<string, Waiting>>();

/** Somebody presses "Create GitHub App". The code is good for one conversion. */
export function submitManifest(world: World, manifest: Manifest, owner: Account): string {
  const codes = waiting.get(world) ?? new Map<string, Waiting>();
  waiting.set(world, codes);
  const code = world.digest("manifest", codes.size + 1);
  codes.set(code, { manifest, owner });
  return code;
}

export interface Registered {
  app: App;
  secrets: Json;
}

/** The app of a code, with what only this one answer tells. Nothing for a code that is used up or unknown. */
export function convertManifest(world: World, code: string): Registered | undefined {
  const found = waiting.get(world)?.get(code);
  if (!found) return undefined;
  waiting.get(world)?.delete(code);
  const { manifest, owner } = found;
  const pem = testPrivateKey();
  const webhookSecret = world.digest("webhook secret", code);
  const app = createApp(world, {
    slug: manifest.name.toLowerCase().replace(/[^a-z\d]+/g, "-"),
    name: manifest.name,
    owner,
    permissions: manifest.default_permissions ?? {},
    events: manifest.default_events ?? [],
    publicKey: publicKeyOf(pem),
    webhookSecret,
    ...(manifest.hook_attributes === undefined ? {} : { webhookUrl: manifest.hook_attributes.url }),
  });
  const secrets = {
    client_secret: world.digest("client secret", code),
    webhook_secret: webhookSecret,
    pem,
  };
  return { app, secrets };
}
