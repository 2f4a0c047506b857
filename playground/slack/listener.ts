import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** How the next answers go wrong. `timeout` takes the message and never answers; `reset` closes the connection. */
export type Failure = number | "timeout" | "reset";

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A small HTTP server that can be told to fail. Both the Slack and the webhook receiver stand on it. */
export class Listener {
  readonly #answer: (request: Received, failure: Failure | undefined) => Answer;
  readonly #sockets = new Set<Socket>();
  #failures: Array<{ mode: Failure; left: number }> = [];
  #server: http.Server | undefined;
  #port = 0;

  constructor(answer: (request: Received, failure: Failure | undefined) => Answer) {
    this.#answer = answer;
  }

  /** The next `times` requests fail in this way; for ever when absent. */
  fail(mode: Failure, times = Number.POSITIVE_INFINITY): void {
    this.#failures.push({ mode, left: times });
  }

  /** Everything works again. */
  recover(): void {
    this.#failures = [];
  }

  get origin(): string {
    if (!this.#server) throw new Error("Not listening yet");
    return `http://127.0.0.1:${this.#port}`;
  }

  #next(): Failure | undefined {
    const first = this.#failures[0];
    if (!first) return undefined;
    first.left--;
    if (first.left <= 0) this.#failures.shift();
    return first.mode;
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const failure = this.#next();
    const { method = "GET", url = "/", headers } = request;
    const answer = this.#answer(
      { method, path: url, headers, body: Buffer.concat(chunks).toString() },
      failure,
    );
    if (failure === "timeout") return;
    if (failure === "reset") {
      request.socket.destroy();
      return;
    }
    response
      .writeHead(answer.status, { "content-type": "text/html", ...answer.headers })
      .end(answer.body ?? "");
  }

  async listen(port = 0): Promise<void> {
    const server = http.createServer((request, response) => void this.#handle(request, response));
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}
