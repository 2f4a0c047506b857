import { Broken, type Server } from "./server.ts";

/** What `fetch` throws when there is no answer. */
const failed = (code: string): TypeError =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

function never(signal: AbortSignal | null | undefined, afterMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(failed("UND_ERR_HEADERS_TIMEOUT")), afterMs);
    timer.unref();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason ?? new DOMException("This operation was aborted", "AbortError"));
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

function headersOf(given: RequestInit["headers"] | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  const entries = given instanceof Headers || Array.isArray(given) ? [...given] : Object.entries(given ?? {});
  for (const [name, value] of entries) headers[String(name).toLowerCase()] = String(value);
  return headers;
}

/** Undici gives up on headers after five minutes. */
const HEADERS_TIMEOUT_MS = 300_000;

/** The work goes on when the client has given up, as it does on a real server. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A `fetch` that asks the fake without a socket. Whatever host stands in the address, the fake answers. */
export function createFetch(server: Server): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request ? request.url : String(input));
    const signal = init?.signal ?? request?.signal;
    signal?.throwIfAborted();
    const body = init?.body ?? (request?.body ? await request.text() : undefined);
    const work = server.handle({
      method: (init?.method ?? request?.method ?? "GET").toUpperCase(),
      target: url.pathname + url.search,
      headers: headersOf(init?.headers ?? request?.headers),
      body: typeof body === "string" ? body : body ? await new Response(body).text() : "",
      origin: url.origin,
    });
    try {
      const reply = await (signal ? orAborted(work, signal) : work);
      const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
      const headers = { "content-type": "application/json; charset=utf-8", ...reply.headers };
      const response = new Response(reply.status === 204 ? null : text, { status: reply.status, headers });
      Object.defineProperty(response, "url", { value: url.href });
      return response;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      if (error.kind === "reset") throw failed("ECONNRESET");
      return await never(signal, HEADERS_TIMEOUT_MS);
    }
  };
}
