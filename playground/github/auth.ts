import { unauthorized } from "./errors.ts";
import { readJwt, verifyJwt } from "./keys.ts";
import type { Account, App, Installation, Permissions } from "./model.ts";
import type { World } from "./world.ts";

/** Who sent a request. */
export type Caller =
  | { kind: "anonymous" }
  | { kind: "user"; account: Account }
  | { kind: "app"; app: App }
  | {
      kind: "installation";
      app: App;
      installation: Installation;
      permissions: Permissions;
      /** Only these repositories, when the token was asked for so. */
      repositoryIds: Set<number> | undefined;
      expiresAt: number;
    };

const HOUR = 3_600_000;
const MOST_JWT_SECONDS = 600;
const DRIFT_SECONDS = 60;

/** Tokens of people and installations, and the verification of what an app signs itself. */
export class Tokens {
  readonly #world: World;
  readonly #callers = new Map<string, Caller>();
  readonly #jwts = new Map<string, { app: App; expires: number }>();
  readonly #expire: boolean;
  #sequence = 0;

  constructor(world: World, options: { expire: boolean }) {
    this.#world = world;
    this.#expire = options.expire;
  }

  #make(prefix: string, caller: Caller): string {
    const token = `${prefix}_${this.#world.digest("token", ++this.#sequence)}`;
    this.#callers.set(token, caller);
    return token;
  }

  forPerson(account: Account): string {
    return this.#make("ghp", { kind: "user", account });
  }

  forInstallation(
    installation: Installation,
    permissions: Permissions,
    repositoryIds: Set<number> | undefined,
  ) {
    const expiresAt = this.#world.milliseconds() + HOUR;
    const { app } = installation;
    const token = this.#make("ghs", {
      kind: "installation",
      app,
      installation,
      permissions,
      repositoryIds,
      expiresAt,
    });
    return { token, expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z` };
  }

  #caller(token: string): Caller {
    const caller = this.#callers.get(token);
    if (!caller) throw unauthorized();
    if (caller.kind !== "installation") return caller;
    if (!this.#world.installations.has(caller.installation.id)) throw unauthorized();
    if (this.#expire && this.#world.milliseconds() >= caller.expiresAt) throw unauthorized();
    return caller;
  }

  /** Signed by the app's key, for at most ten minutes. Measured on the real clock, since clients sign with it. */
  #app(token: string): App {
    const now = Date.now() / 1000;
    const known = this.#jwts.get(token);
    if (known && known.expires > now) return known.app;
    const claims = readJwt(token);
    if (!claims) throw unauthorized("A JSON web token could not be decoded");
    const app = [...this.#world.apps.values()].find(
      (one) => String(one.id) === String(claims.iss) || one.clientId === claims.iss,
    );
    if (!app?.publicKey) throw unauthorized("Integration must generate a public key");
    const { iat, exp } = claims;
    if (typeof iat !== "number" || iat > now + DRIFT_SECONDS) {
      throw unauthorized(
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    }
    if (typeof exp !== "number" || exp <= now) {
      throw unauthorized(
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    }
    if (exp > now + MOST_JWT_SECONDS + DRIFT_SECONDS)
      throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
    if (!verifyJwt(token, app.publicKey)) throw unauthorized("A JSON web token could not be decoded");
    this.#jwts.set(token, { app, expires: exp });
    return app;
  }

  /** Reads an `Authorization` header. */
  identify(header: string | undefined): Caller {
    if (header === undefined) return { kind: "anonymous" };
    const [scheme, value] = header.split(" ");
    if (value === undefined || !/^(bearer|token)$/i.test(scheme ?? "")) throw unauthorized();
    if (value.split(".").length === 3) return { kind: "app", app: this.#app(value) };
    return this.#caller(value);
  }

  revoke(token: string): void {
    this.#callers.delete(token);
  }
}
