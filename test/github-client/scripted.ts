import type { Clock } from "../../src/github/pace.ts";

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

type Step = Response | Error | ((sent: Sent) => Response | Promise<Response>);

/** A `fetch` that answers with one step after the other, and remembers what it was asked. */
export const scripted = (...steps: Step[]) => {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const request = { method: init.method ?? "GET", url, body: String(init.body ?? "") };
    sent.push(request);
    const step = steps.shift();
    if (!step) throw new Error(`nothing answers ${request.method} ${url}`);
    if (step instanceof Error) throw step;
    return step instanceof Response ? step : step(request);
  };
  return { fetch: fetch as typeof globalThis.fetch, sent };
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });

/** What Node's `fetch` throws when there is no answer. */
export const noAnswer = (code: string): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

/** Time that passes only by sleeping. */
export const steppedClock = (): Clock & { readonly slept: number[] } => {
  let time = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
};

/** Time that the test turns on by hand. */
export const turnedClock = (): Clock & { turnTo(time: number): Promise<void> } => {
  let time = 0;
  let waiting: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise<void>((wake) => {
        waiting.push({ at: time + milliseconds, wake });
      }),
    async turnTo(to) {
      time = to;
      for (const { wake } of waiting.filter(({ at }) => at <= time)) wake();
      waiting = waiting.filter(({ at }) => at > time);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};
