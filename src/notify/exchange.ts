import type { Sending } from "./sending.ts";

/** What a receiver answered. */
export interface Answer {
  readonly status: number;
  /** The header as it came; null when there was none. */
  readonly retryAfter: string | null;
  /** The first kilobyte of the body. */
  readonly said: string;
}

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * Posts once. Redirects are not followed: a receiver must not send the app to an address that its operator did not name.
 * Rejects when no answer came.
 */
export async function post(url: string, { headers, body, signal }: Post): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    // A kept connection may be closed by the other side just now, which would leave the outcome unclear for no reason.
    headers: { ...headers, connection: "close" },
    body,
    redirect: "manual",
    signal,
  });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    said: await beginning(response),
  };
}

const maxBytes = 1024;

/** The status is the answer: a body that is endless or breaks off changes nothing about it. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    while (bytes < maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, maxBytes - bytes), { stream: true });
      bytes += value.length;
    }
    await reader.cancel();
  } catch {
    return text;
  }
  return text;
}

/** @param reason what the receiver gives as reason, as far as it is safe to show */
export function fromAnswer({ status, retryAfter }: Answer, reason = ""): Sending {
  const said = reason === "" ? `HTTP ${status}` : `HTTP ${status}, ${reason}`;
  if (status >= 200 && status < 300) return { outcome: "sent", detail: `accepted with ${said}` };
  if (status >= 300 && status < 400) {
    return { outcome: "failed", detail: `answered with a redirect (${said}), which is not followed` };
  }
  if (status === 429) {
    return { outcome: "failed", detail: `too many messages (${said})${pause(retryAfter)}` };
  }
  if (status >= 400 && status < 500) return { outcome: "failed", detail: `refused with ${said}` };
  return { outcome: "unclear", detail: `answered with ${said}: it may have arrived` };
}

/** Seconds, or a date; anything else is not shown. */
function pause(retryAfter: string | null): string {
  if (retryAfter === null) return "";
  if (/^\d{1,6}$/.test(retryAfter)) return `, to be tried again after ${retryAfter} s`;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? "" : `, to be tried again after ${new Date(date).toISOString()}`;
}

/** Faults that come before anything was sent. */
const unsent: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host could not be looked up",
  EAI_FAIL: "the host could not be looked up",
  EAI_NODATA: "the host is not known",
  EAI_NONAME: "the host is not known",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
};

/** Faults' own words are not shown: they may hold the address. */
export function fromFault(fault: unknown): Sending {
  const causes = chain(fault);
  if (causes.some(({ name }) => name === "TimeoutError" || name === "AbortError")) {
    return { outcome: "unclear", detail: "no answer in time: it may have arrived" };
  }
  // `fetch` refuses ports of other protocols, such as 25, by these words and no code. https://fetch.spec.whatwg.org/#port-blocking
  if (causes.some(({ message }) => message === "bad port")) {
    return { outcome: "failed", detail: "not sent: its port is not allowed for HTTP" };
  }
  const codes = causes.map(({ code }) => code).filter((code) => typeof code === "string");
  for (const code of codes) {
    if (Object.hasOwn(unsent, code)) return { outcome: "failed", detail: `not sent: ${unsent[code]}` };
  }
  const shown = codes.find((code) => /^[A-Z][A-Z_]{2,40}$/.test(code));
  const why = shown === undefined ? "" : ` (${shown})`;
  return { outcome: "unclear", detail: `the connection broke${why}: it may have arrived` };
}

interface Fault {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

function chain(fault: unknown): Fault[] {
  const causes: Fault[] = [];
  for (let at = fault as Fault | undefined; typeof at === "object" && at !== null && causes.length < 5; ) {
    causes.push(at);
    at = at.cause as Fault | undefined;
  }
  return causes;
}
