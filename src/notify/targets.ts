import { loadAll, YAMLException } from "js-yaml";
import * as z from "zod";

export type Target = SlackTarget | SlackBotTarget | TeamsTarget | WebhookTarget;

/** An incoming webhook of Slack: its address is the right to post. */
export interface SlackTarget {
  readonly type: "slack";
  readonly url: string;
}

/** A bot in a channel: its messages can be answered in their thread. */
export interface SlackBotTarget {
  readonly type: "slack-bot";
  readonly token: string;
  /** An id or a name, such as `C0123456` or `#releases`. */
  readonly channel: string;
  /** Another base address of the Web API than Slack's own, with a slash at the end. */
  readonly apiUrl?: string | undefined;
}

/** A workflow of Teams that takes webhook requests: its address is the right to post. */
export interface TeamsTarget {
  readonly type: "teams";
  readonly url: string;
}

/** Any receiver of signed JSON. */
export interface WebhookTarget {
  readonly type: "webhook";
  readonly url: string;
  /** Key of the signature. */
  readonly secret: string;
}

/** By owner in lower case, then by the name that a repository's configuration uses. The owner `*` stands for all. */
export type Targets = ReadonlyMap<string, ReadonlyMap<string, Target>>;

const variable = "NOTIFICATION_TARGETS";
const choice = "slack, slack-bot, teams or webhook";

const field = (rule: string) =>
  z.string({ error: ({ input }) => (input === undefined ? `is missing: it ${rule}` : rule) });

const addressRule = "must be an address such as https://hooks.example.com/…";

const address = field(addressRule).superRefine((text, context) => {
  const problem = addressProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

const secret = z.string("must be a text (put numbers in quotes)").min(1, "must not be empty");

const target = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("slack"), url: address }),
    z.strictObject({
      type: z.literal("slack-bot"),
      token: secret,
      channel: z
        .string("must be a text such as #releases")
        .regex(/^[#\w.-]{1,80}$/, "is no channel: write an id such as C0123456 or a name such as #releases"),
      apiUrl: address.optional(),
    }),
    z.strictObject({ type: z.literal("teams"), url: address }),
    z.strictObject({
      type: z.literal("webhook"),
      url: address,
      secret: field("must be a text (put numbers in quotes)").min(1, "must not be empty"),
    }),
  ],
  { error: ({ input }) => typeProblem(input) },
);

const named = z.record(
  z
    .string()
    .regex(/^[a-z\d][a-z\d._-]{0,99}$/i, "is no name of a target: use letters, digits, dots and dashes"),
  target,
  "must be targets by name, such as {stakeholders: {type: slack, url: …}}",
);

const owned = z.record(
  z
    .string()
    .regex(/^(\*|[a-z\d][\w-]{0,99})$/i, "is no owner: write a login without a repository, or * for all"),
  named,
  "must be targets by owner and name, such as {acme: {stakeholders: {type: slack, url: …}}}",
);

/**
 * Reads `NOTIFICATION_TARGETS`, JSON or YAML by owner and name.
 * The message is one line and shows no values, for they hold secrets.
 */
export function parseTargets(
  text: string | undefined,
): { readonly ok: true; readonly value: Targets } | { readonly ok: false; readonly message: string } {
  if (text === undefined || text.trim() === "") return { ok: true, value: new Map() };
  let raw: unknown;
  try {
    const documents = loadAll(text);
    if (documents.length > 1) return wrong(`${variable} must be one document, without ---`);
    raw = documents[0] ?? {};
  } catch (error) {
    return wrong(`${variable} is neither valid JSON nor valid YAML${placeOf(error)}`);
  }
  const parsed = owned.safeParse(raw);
  if (!parsed.success) return wrong(explain(parsed.error));
  const targets = new Map<string, ReadonlyMap<string, Target>>();
  for (const [owner, its] of Object.entries(parsed.data)) {
    if (targets.has(owner.toLowerCase())) {
      return wrong(
        `${variable}: ${owner} stands there twice, for upper and lower case are the same to GitHub`,
      );
    }
    targets.set(owner.toLowerCase(), new Map(Object.entries(its)));
  }
  return { ok: true, value: targets };
}

/** What an owner's repositories may name: those of all owners, and its own, which win. */
export const targetsFor = (targets: Targets, owner: string): ReadonlyMap<string, Target> =>
  new Map([...(targets.get("*") ?? []), ...(targets.get(owner.toLowerCase()) ?? [])]);

const wrong = (message: string) => ({ ok: false, message }) as const;

function addressProblem(text: string): string | null {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    return addressRule;
  }
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password";
  return null;
}

function placeOf(error: unknown): string {
  // The reason itself may quote what stands there.
  return error instanceof YAMLException && error.mark ? ` (see line ${error.mark.line + 1})` : "";
}

function typeProblem(input: unknown): string {
  return typeof input !== "object" || input === null || Array.isArray(input)
    ? "must be a target, such as {type: slack, url: …}, under its owner and name"
    : `must be ${choice}`;
}

function explain({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return `${variable} is not valid`;
  if (issue.code === "invalid_key") {
    const [inner] = issue.issues;
    return `${variable}: ${place(issue.path)} ${inner?.message}`;
  }
  if (issue.code === "unrecognized_keys") {
    return `${variable}: ${place(issue.path)} has a key that does not belong there: ${place(issue.keys)}`;
  }
  return issue.path.length === 0
    ? `${variable} ${issue.message}`
    : `${variable}: ${place(issue.path)} ${issue.message}`;
}

/** A path in the text. What looks like no name may be a secret that stands in the wrong place. */
const place = (path: readonly PropertyKey[]): string =>
  path.map((key) => (/^(\*|[\w.-]{1,40})$/.test(String(key)) ? String(key) : "(not shown)")).join(".");
