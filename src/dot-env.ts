import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

export type DotEnvReading = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * Fills `env` from a dot-env file, which is where Probot's set-up page writes the new app's credentials. A missing
 * file is fine. A variable that the process already has wins, so that a file left in the working directory cannot
 * turn a deployment, or a test against a local GitHub, to another app.
 */
export function fillFromDotEnv(env: Record<string, string | undefined>, path: string): DotEnvReading {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    if (code === "ENOENT") return { ok: true };
    return {
      ok: false,
      message: `.env cannot be read (${code}): make it readable for this user, or remove it`,
    };
  }
  for (const [name, value] of Object.entries(parseEnv(text))) env[name] ??= value;
  return { ok: true };
}
