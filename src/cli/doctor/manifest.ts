import { readFileSync } from "node:fs";
import { load } from "js-yaml";

/** What an app may do, and what it is told, as GitHub shows it. */
export interface Grants {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** What this version needs: `app.yml`, as it is registered. Works from `src/` and from `dist/`. */
export function neededGrants(): Grants {
  const manifest = load(readFileSync(new URL("../../../app.yml", import.meta.url), "utf8")) as {
    readonly default_permissions: Readonly<Record<string, string>>;
    readonly default_events: readonly string[];
  };
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}

export interface Lacking {
  /** As `checks: write`. */
  readonly permissions: readonly string[];
  readonly events: readonly string[];
}

const strength = ["read", "write", "admin"];

/** What is needed and not there. */
export function lacking(needed: Grants, { permissions, events }: Grants): Lacking {
  return {
    permissions: Object.entries(needed.permissions)
      .filter(([name, access]) => strength.indexOf(permissions[name] ?? "") < strength.indexOf(access))
      .map(([name, access]) => `${name}: ${access}`),
    events: needed.events.filter((event) => !events.includes(event)),
  };
}
