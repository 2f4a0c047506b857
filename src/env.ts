import { z } from "zod";
import { readPrivateKey } from "./private-key.ts";

/** What the process was told at its start, checked. */
export interface Environment<Targets> {
  readonly production: boolean;
  /** Undefined: the app is not registered yet, and the set-up page is shown. Never so in production. */
  readonly app: AppCredentials | undefined;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Base address of GitHub's REST API, without a slash at the end. */
  readonly apiUrl: string;
  readonly logLevel: LogLevel;
  readonly logFormat: "json" | "pretty";
  readonly webhookProxyUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly targets: Targets;
  readonly sweepIntervalMinutes: number;
}

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export type EnvReading<Targets> =
  | { readonly ok: true; readonly value: Environment<Targets> }
  | { readonly ok: false; readonly message: string };

/** Reads the text of `NOTIFICATION_TARGETS`; `undefined` when it is not set. The message must hold no secret. */
export type ParseTargets<Targets> = (
  text: string | undefined,
) => { readonly ok: true; readonly value: Targets } | { readonly ok: false; readonly message: string };

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Probot's own when none is set, and so no secret at all. */
const developmentSecret = "development";

const address = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine((text) => protocols.includes(protocolOf(text)), `must be an address such as ${example}`)
    .optional();

const sweepRule = "must be a number of minutes above 0 and at most 1440";

/** Every variable that is read, each with the words that say what would be right. No message shows a value. */
const variables = {
  NODE_ENV: z.string().optional(),
  APP_ID: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "must be the App ID from the app's settings page, a number such as 123456")
    .transform(Number)
    .optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536,
      "must be a whole number from 0 to 65535",
    )
    .transform(Number)
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or an IP address such as 0.0.0.0")
    .default("localhost"),
  GHE_HOST: z
    .string()
    .regex(
      /^([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?$/,
      "must be a host name such as github.example.com, without https:// and without a path",
    )
    .optional(),
  GHE_PROTOCOL: z.enum(["https", "http"], "must be https or http").default("https"),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"], "must be json or pretty").optional(),
  WEBHOOK_PROXY_URL: address(["http:", "https:"], "https://smee.io/abc"),
  REDIS_URL: address(["redis:", "rediss:"], "redis://localhost:6379"),
  NOTIFICATION_TARGETS: z.string().optional(),
  SWEEP_INTERVAL_MINUTES: z
    .string()
    .regex(/^\d+(\.\d+)?$/, sweepRule)
    .transform(Number)
    .refine((minutes) => minutes > 0 && minutes <= 1440, sweepRule)
    .default(5),
};

export const variableNames: readonly string[] = Object.keys(variables);

/** Checks the environment. An empty variable counts as unset. The message is one line that names the variable. */
export function readEnv<Targets>(
  env: Readonly<Record<string, string | undefined>>,
  parseTargets: ParseTargets<Targets>,
): EnvReading<Targets> {
  const given = Object.fromEntries(
    variableNames.map((name) => [name, env[name]?.trim() === "" ? undefined : env[name]?.trim()]),
  );
  const parsed = z.object(variables).safeParse(given);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return wrong(`${first?.path.join(".")} ${first?.message}`);
  }
  const value = parsed.data;
  const production = value.NODE_ENV === "production";
  const app = readCredentials(value, production);
  if (!app.ok) return app;
  const targets = parseTargets(value.NOTIFICATION_TARGETS);
  if (!targets.ok) return wrong(named("NOTIFICATION_TARGETS", targets.message));
  return {
    ok: true,
    value: {
      production,
      app: app.value,
      host: value.HOST,
      port: value.PORT,
      apiUrl:
        value.GHE_HOST === undefined
          ? "https://api.github.com"
          : `${value.GHE_PROTOCOL}://${value.GHE_HOST}/api/v3`,
      logLevel: value.LOG_LEVEL,
      logFormat: value.LOG_FORMAT ?? (production ? "json" : "pretty"),
      webhookProxyUrl: value.WEBHOOK_PROXY_URL,
      redisUrl: value.REDIS_URL,
      targets: targets.value,
      sweepIntervalMinutes: value.SWEEP_INTERVAL_MINUTES,
    },
  };
}

type Values = z.infer<z.ZodObject<typeof variables>>;
type CredentialsReading =
  | { readonly ok: true; readonly value: AppCredentials | undefined }
  | { readonly ok: false; readonly message: string };

function readCredentials(value: Values, production: boolean): CredentialsReading {
  if (value.APP_ID === undefined) {
    return production
      ? wrong("APP_ID is missing: in production it must be the App ID from the app's settings page")
      : { ok: true, value: undefined };
  }
  const key = readPrivateKey(value.PRIVATE_KEY, value.PRIVATE_KEY_PATH);
  if (!key.ok) return key;
  const webhookSecret = value.WEBHOOK_SECRET ?? developmentSecret;
  if (production && webhookSecret === developmentSecret) {
    return wrong(
      value.WEBHOOK_SECRET === undefined
        ? "WEBHOOK_SECRET is missing: in production it must be the webhook secret from the app's settings page"
        : "WEBHOOK_SECRET must not be Probot's well-known default in production: choose a secret of your own",
    );
  }
  return { ok: true, value: { appId: value.APP_ID, privateKey: key.pem, webhookSecret } };
}

const wrong = (message: string) => ({ ok: false, message: message.replace(/\s+/g, " ") }) as const;

const named = (name: string, message: string) => (message.includes(name) ? message : `${name} ${message}`);

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}
