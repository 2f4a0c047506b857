import { createHmac } from "node:crypto";
import http from "node:http";
import type { Delivery, Sink } from "../playground/github/index.ts";

/** Brings webhooks to the measured process as GitHub does, never more than so many at once, and counts. */
export interface Post {
  readonly sink: Sink;
  /** Writes and signs now what the sink will send later, so that only sending is measured. */
  prepare(deliveries: readonly Delivery[]): void;
  /** Resolves when fewer webhooks are under way than may be in flight. */
  room(): Promise<void>;
  /** Under way or waiting for a free place. */
  readonly underWay: number;
  readonly sent: number;
  /** Not answered with 2xx. */
  readonly refused: number;
  /** The most that were in flight at once. */
  readonly most: number;
  reset(): void;
  close(): void;
}

export interface PostOptions {
  /** Where to; asked for each delivery, since a restarted process listens elsewhere. */
  readonly url: () => string | undefined;
  readonly secret: string;
  readonly inFlight: number;
}

/** GitHub gives up after so many milliseconds. */
const patience = 10_000;

export function createPost({ url, secret, inFlight }: PostOptions): Post {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight });
  const waiting: (() => void)[] = [];
  const outside: (() => void)[] = [];
  const prepared = new WeakMap<Delivery, Parcel>();
  let flying = 0;
  let underWay = 0;
  let most = 0;
  let sent = 0;
  let refused = 0;

  const enter = async (): Promise<void> => {
    if (flying >= inFlight) await new Promise<void>((resolve) => waiting.push(resolve));
    else flying++;
    most = Math.max(most, flying);
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) flying--;
    else next();
  };

  return {
    sink: async (delivery) => {
      underWay++;
      await enter();
      try {
        const to = url();
        const status =
          to === undefined
            ? 502
            : await send(agent, to, prepared.get(delivery) ?? pack(delivery, secret)).catch(() => 502);
        sent++;
        if (status < 200 || status > 299) refused++;
        return status;
      } finally {
        leave();
        underWay--;
        if (underWay < inFlight) outside.shift()?.();
      }
    },
    prepare: (deliveries) => {
      for (const delivery of deliveries) prepared.set(delivery, pack(delivery, secret));
    },
    room: async () => {
      while (underWay >= inFlight) await new Promise<void>((resolve) => outside.push(resolve));
    },
    get underWay() {
      return underWay;
    },
    get sent() {
      return sent;
    },
    get refused() {
      return refused;
    },
    get most() {
      return most;
    },
    reset: () => {
      sent = refused = most = 0;
    },
    close: () => agent.destroy(),
  };
}

interface Parcel {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

function pack(delivery: Delivery, secret: string): Parcel {
  const body = Buffer.from(JSON.stringify(delivery.payload));
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    "user-agent": "GitHub-Hookshot/fake",
    "x-github-delivery": delivery.guid,
    "x-github-event": delivery.event,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  return { body, headers };
}

function send(agent: http.Agent, url: string, { body, headers }: Parcel): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", headers, agent }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", reject);
    });
    request.setTimeout(patience, () => request.destroy(new Error("timed out")));
    request.on("error", reject);
    request.end(body);
  });
}
