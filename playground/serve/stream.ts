import type { ServerResponse } from "node:http";
import type { Session } from "./session.ts";

/** How often the world is looked at while somebody watches, in milliseconds. */
const glance = 80;

/** Tells browsers what changed, part by part, as server-sent events. */
export class Stream {
  readonly #session: Session;
  readonly #watchers = new Map<ServerResponse, Map<string, string>>();
  #timer: NodeJS.Timeout | undefined;
  #version = "";

  constructor(session: Session) {
    this.#session = session;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#watchers.set(response, new Map());
    response.on("close", () => {
      this.#watchers.delete(response);
      if (this.#watchers.size === 0) this.#rest();
    });
    this.#timer ??= setInterval(() => this.#look(), glance);
    this.#tell();
  }

  #look(): void {
    if (this.#session.version !== this.#version) this.#tell();
  }

  #tell(): void {
    this.#version = this.#session.version;
    const parts = Object.entries(this.#session.view()).map(([part, value]) => [part, JSON.stringify(value)]);
    for (const [response, known] of this.#watchers) {
      for (const [part = "", json = ""] of parts) {
        if (known.get(part) === json) continue;
        known.set(part, json);
        response.write(`event: ${part}\ndata: ${json}\n\n`);
      }
      response.write("event: told\ndata: {}\n\n");
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    this.#rest();
    for (const response of this.#watchers.keys()) response.end();
  }
}
