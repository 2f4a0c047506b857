import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Failure, Listener } from "./listener.ts";

/** A webhook that arrived with a good signature. */
export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  raw: string;
  answered: Failure;
}

export interface ReceiverOptions {
  /** What bodies are signed with; without it every body is taken. */
  secret?: string;
}

const HEADER = "x-release-checklist-signature-256";

function signed(secret: string, raw: string, header: unknown): boolean {
  const wanted = Buffer.from(`sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`);
  const given = Buffer.from(typeof header === "string" ? header : "");
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** Somebody's own endpoint: takes signed webhooks and remembers them. Answers 401 to a wrong signature. */
export class Receiver {
  readonly received: ReceivedWebhook[] = [];
  /** Bodies whose signature was missing or wrong. */
  refused = 0;
  readonly #listener: Listener;

  constructor(options: ReceiverOptions = {}) {
    const { secret } = options;
    this.#listener = new Listener(({ path, headers, body: raw }, failure) => {
      if (secret !== undefined && !signed(secret, raw, headers[HEADER])) {
        this.refused++;
        return { status: 401, body: "wrong signature" };
      }
      if (typeof failure === "number") return { status: failure };
      this.received.push({ path, headers, body: JSON.parse(raw), raw, answered: failure ?? 204 });
      return { status: 204 };
    });
  }

  url(path = "/"): string {
    return this.#listener.origin + path;
  }

  fail(mode: Failure, times?: number): void {
    this.#listener.fail(mode, times);
  }

  recover(): void {
    this.#listener.recover();
  }

  async listen(options: { port?: number } = {}): Promise<this> {
    await this.#listener.listen(options.port);
    return this;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }
}

export const createReceiver = (options?: ReceiverOptions): Receiver => new Receiver(options);
