import { type Read, read, unreadable } from "../domain/problem.ts";

/**
 * GitHub could not be asked for a reason that passes: the look ends, writes nothing more and is tried again.
 * The message is safe to log: it holds the route and the reason, never a header or a body.
 */
export class PassingFault extends Error {
  override readonly name = "PassingFault";
  /** When it may be tried again, in milliseconds since the epoch; null where GitHub did not say. */
  readonly retryAt: number | null;
  /** The request may have been carried out although no answer says so. */
  readonly unclear: boolean;

  constructor(
    message: string,
    { retryAt = null, unclear = false }: { retryAt?: number | null; unclear?: boolean } = {},
  ) {
    super(message);
    this.retryAt = retryAt;
    this.unclear = unclear;
  }
}

/** GitHub refused for a reason that stays until somebody changes something. */
export interface Refusal {
  readonly status: number;
  /** One sentence in people's words, without Markdown. */
  readonly why: string;
}

/** Says what an error of a request means. Errors that are none of GitHub's are thrown again as they are. */
export const classify = (error: unknown): PassingFault | Refusal => {
  const passing = passingCause(error);
  if (passing) return passing;
  if (isGraphqlError(error)) return classifyGraphql(error);
  if (!isRequestError(error)) throw error;
  return classifyStatus(error);
};

/** For the log: an error of a request that says what was asked for and why it failed; any other as it is. */
export const inWords = (error: unknown): unknown => {
  const passing = passingCause(error);
  if (passing) return passing;
  if (!isGraphqlError(error) && !isRequestError(error)) return error;
  const meaning = classify(error);
  if (meaning instanceof PassingFault) return meaning;
  const where = isRequestError(error) ? ` (${routeOf(error)})` : "";
  return new Error(`${meaning.why}${where}`);
};

/** Reads, and turns a refusal into a problem that people can read. A passing fault ends the look by being thrown. */
export const attempt = async <T>(what: string, reading: () => Promise<T>): Promise<Read<T>> => {
  try {
    return read(await reading());
  } catch (error) {
    const meaning = classify(error);
    if (meaning instanceof PassingFault) throw meaning;
    return unreadable(what, meaning.why);
  }
};

/** Like `reading`, but null where GitHub answers 404: for what may rightly be absent. */
export const orAbsent = async <T>(reading: () => Promise<T>): Promise<T | null> => {
  try {
    return await reading();
  } catch (error) {
    if (isRequestError(error) && error.status === 404 && !passingCause(error)) return null;
    throw error;
  }
};

interface RequestError extends Error {
  readonly status: number;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
  readonly request?: { readonly method?: string; readonly url?: string };
}

interface GraphqlError extends Error {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
}

/** An error, its cause, the cause of that, and so on. Not told by `instanceof`, since a time-out is a DOMException. */
export const causesOf = (error: unknown): { readonly name?: unknown; readonly code?: unknown }[] => {
  const causes: object[] = [];
  for (let cause = error; typeof cause === "object" && cause !== null && causes.length < 10; ) {
    causes.push(cause);
    cause = "cause" in cause ? cause.cause : null;
  }
  return causes;
};

const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && "status" in error && typeof error.status === "number";

const isGraphqlError = (error: unknown): error is GraphqlError =>
  error instanceof Error &&
  error.name === "GraphqlResponseError" &&
  "errors" in error &&
  Array.isArray(error.errors);

/** Octokit wraps what `fetch` throws, so the fault that our transport threw is a cause further down. */
const passingCause = (error: unknown): PassingFault | null => {
  return causesOf(error).find((cause) => cause instanceof PassingFault) ?? null;
};

const classifyStatus = (error: RequestError): PassingFault | Refusal => {
  const { status } = error;
  const headers = error.response?.headers ?? {};
  if (status >= 500 || status === 408 || status === 425) {
    return new PassingFault(`GitHub answered ${status} (${routeOf(error)})`, { unclear: true });
  }
  if (status === 401) {
    return new PassingFault(`GitHub does not accept the app's credentials (401, ${routeOf(error)})`);
  }
  const retryAt = limitedUntil(status, headers, error.message);
  if (retryAt !== null)
    return new PassingFault(`GitHub's rate limit is reached (${routeOf(error)})`, { retryAt });
  return { status, why: refusalInWords(status, headers, error.message) };
};

const classifyGraphql = (error: GraphqlError): PassingFault | Refusal => {
  const types = error.errors.map(({ type }) => type);
  if (types.some((type) => type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES")) {
    return { status: 403, why: refusalInWords(403, {}, error.errors[0]?.message ?? "") };
  }
  if (types.includes("NOT_FOUND")) return { status: 404, why: refusalInWords(404, {}, "") };
  const retryAt = types.includes("RATE_LIMITED") ? Date.now() + 60_000 : null;
  // Errors without a type are GitHub's "Something went wrong while executing your query".
  return new PassingFault("GitHub could not answer a GraphQL query", { retryAt });
};

/**
 * When a refused request may be tried again, in milliseconds since the epoch; null when the refusal is no rate limit.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export const limitedUntil = (
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  message: string,
  now = Date.now(),
): number | null => {
  if (status !== 403 && status !== 429) return null;
  const after = Number(headers["retry-after"]);
  if (Number.isFinite(after) && headers["retry-after"] !== undefined) return now + after * 1_000;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) return Math.max(now, reset * 1_000);
  // The documentation asks for at least a minute where no header tells.
  if (status === 429 || /rate limit|abuse detection/i.test(message)) return now + 60_000;
  return null;
};

const refusalInWords = (
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  message: string,
): string => {
  switch (status) {
    case 403: {
      const needed = headers["x-accepted-github-permissions"];
      if (needed)
        return `permission missing: the app needs ${permissionsInWords(needed)} (GitHub answered 403)`;
      if (/not accessible by integration/i.test(message)) {
        return "permission missing: the app may not do this (GitHub answered 403: resource not accessible by integration)";
      }
      return `GitHub refuses it: ${inert(message)} (403)`;
    }
    case 404:
      return "GitHub does not find it: it does not exist, or the app may not see it (404)";
    case 410:
      return "GitHub says that it is gone (410)";
    case 422:
      return `GitHub does not accept it: ${inert(message)} (422)`;
    default:
      return `GitHub answered ${status}: ${inert(message)}`;
  }
};

/** `members=read; contents=write,issues=write` → `members: read, or contents: write and issues: write`. */
const permissionsInWords = (header: string): string =>
  header
    .split(";")
    .map((set) =>
      set
        .split(",")
        .map((one) => one.trim().replace("=", ": "))
        .join(" and "),
    )
    .join(", or ");

/** GitHub's own words may quote what a user wrote; they are cut, put on one line and freed of anything Markdown would act on. */
const inert = (text: string): string =>
  text
    .replace(/ - https:\/\/docs\.github\.com\S*$/, "")
    .replace(/[`*_[\]<>@#|\\~]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);

const routeOf = ({ request }: RequestError): string => {
  if (!request?.url) return "request";
  const path = URL.canParse(request.url) ? new URL(request.url).pathname : request.url;
  return `${request.method ?? ""} ${path}`.trim();
};
