import { type Answer, type Failure, Listener, type Received } from "./listener.ts";

/** A message that arrived, whether or not the sender was told so. */
export interface SlackMessage {
  channel: string;
  text: string | undefined;
  blocks: unknown[] | undefined;
  /** Of `chat.postMessage`: which message it answers in a thread. */
  threadTs: string | undefined;
  /** Of `chat.postMessage`: how to answer this message. */
  ts: string;
  payload: Record<string, unknown>;
  /** What the sender was answered: a status, or nothing. */
  answered: Failure;
}

export interface SlackOptions {
  /** Channels whose webhook exists; every one when absent. */
  channels?: readonly string[];
  /** The bot token that `chat.postMessage` asks for. */
  token?: string;
}

const WEBHOOK = /^\/services\/T000\/B000\/([^/]+)$/;

/** Slack's words for what is wrong with an incoming webhook. */
const failures: Record<number, string> = {
  400: "invalid_payload",
  403: "action_prohibited",
  404: "no_service",
  410: "channel_is_archived",
  429: "rate_limited",
  500: "rollup_error",
};

const RETRY_AFTER_SECONDS = 1;

/** Slack in memory: incoming webhooks, and as much of `chat.postMessage` as a bot needs to send and to answer. */
export class Slack {
  /** What arrived, oldest first, also where the answer got lost. */
  readonly messages: SlackMessage[] = [];
  readonly #options: SlackOptions;
  readonly #listener = new Listener((request, failure) => this.#answer(request, failure));
  #sequence = 0;

  constructor(options: SlackOptions = {}) {
    this.#options = options;
  }

  /** The address of a channel's incoming webhook. */
  url(channel: string): string {
    return `${this.#listener.origin}/services/T000/B000/${encodeURIComponent(channel)}`;
  }

  /** The base address of the Web API. */
  get apiUrl(): string {
    return `${this.#listener.origin}/api/`;
  }

  /** A status refuses the message; `timeout` and `reset` take it and say nothing, which leaves the sender in doubt. */
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

  #keep(channel: string, payload: Record<string, unknown>, answered: Failure): SlackMessage {
    const message: SlackMessage = {
      channel,
      text: typeof payload.text === "string" ? payload.text : undefined,
      blocks: Array.isArray(payload.blocks) ? payload.blocks : undefined,
      threadTs: typeof payload.thread_ts === "string" ? payload.thread_ts : undefined,
      ts: `1700000000.${String(++this.#sequence).padStart(6, "0")}`,
      payload,
      answered,
    };
    this.messages.push(message);
    return message;
  }

  #answer(request: Received, failure: Failure | undefined): Answer {
    const channel = WEBHOOK.exec(request.path)?.[1];
    if (channel !== undefined) return this.#webhook(decodeURIComponent(channel), request, failure);
    if (request.path === "/api/chat.postMessage") return this.#postMessage(request, failure);
    return { status: 404, body: "no_service" };
  }

  #webhook(channel: string, request: Received, failure: Failure | undefined): Answer {
    if (typeof failure === "number") {
      const headers = failure === 429 ? { "retry-after": String(RETRY_AFTER_SECONDS) } : {};
      return { status: failure, headers, body: failures[failure] ?? "error" };
    }
    const { channels } = this.#options;
    if (channels && !channels.includes(channel)) return { status: 404, body: "no_service" };
    const payload = parse(request.body);
    if (!payload) return { status: 400, body: "invalid_payload" };
    if (!payload.text && !payload.blocks && !payload.attachments) return { status: 400, body: "no_text" };
    this.#keep(channel, payload, failure ?? 200);
    return { status: 200, body: "ok" };
  }

  #postMessage(request: Received, failure: Failure | undefined): Answer {
    const json = (body: Record<string, unknown>, status = 200, headers = {}): Answer => ({
      status,
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
      body: JSON.stringify(body),
    });
    if (failure === 429)
      return json({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(RETRY_AFTER_SECONDS) });
    if (typeof failure === "number") return json({ ok: false, error: "internal_error" }, failure);
    const token = request.headers.authorization?.replace(/^Bearer /, "");
    if (token === undefined) return json({ ok: false, error: "not_authed" });
    if (this.#options.token !== undefined && token !== this.#options.token)
      return json({ ok: false, error: "invalid_auth" });
    const payload = parse(request.body) ?? form(request);
    const channel = typeof payload.channel === "string" ? payload.channel : undefined;
    const { channels } = this.#options;
    if (channel === undefined || (channels && !channels.includes(channel))) {
      return json({ ok: false, error: "channel_not_found" });
    }
    if (!payload.text && !payload.blocks) return json({ ok: false, error: "no_text" });
    const { ts } = this.#keep(channel, payload, failure ?? 200);
    return json({ ok: true, channel, ts, message: { text: payload.text, ts } });
  }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Slack's own client sends forms; nested values in them are JSON. */
function form(request: Received): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.fromEntries(new URLSearchParams(request.body));
  if (typeof fields.blocks === "string") fields.blocks = JSON.parse(fields.blocks);
  return fields;
}

export const createSlack = (options?: SlackOptions): Slack => new Slack(options);

export type { Failure } from "./listener.ts";
