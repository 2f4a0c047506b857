import type { Environment } from "./env.ts";

/** Values of the environment that must never be seen: keys, secrets, and addresses that are the right to post. */
export function secretsOf({
  app,
  redisUrl,
  webhookProxyUrl,
  targets,
}: Environment<unknown>): readonly string[] {
  return [app?.privateKey, app?.webhookSecret, redisUrl, webhookProxyUrl, ...secretFields(targets)].filter(
    (value) => value !== undefined,
  );
}

function secretFields(value: unknown): string[] {
  const entries: [unknown, unknown][] =
    value instanceof Map
      ? [...value]
      : typeof value === "object" && value !== null
        ? Object.entries(value)
        : [];
  return entries.flatMap(([key, field]) =>
    typeof field !== "string" ? secretFields(field) : /url|token|secret/i.test(String(key)) ? [field] : [],
  );
}
