import { createHmac } from "node:crypto";
import { connect } from "node:net";

export const secret = "a-secret-of-the-test";

export const sign = (body: string | Buffer, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

/** Sends bytes as they are and returns what comes back until the server closes the connection. */
export function exchange(port: number, parts: readonly (string | Buffer)[], end = false): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => {
      for (const part of parts) socket.write(part);
      if (end) socket.end();
    });
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    // A server that refuses a body may reset the connection while we still write; what it said has arrived by then.
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.on("end", () => socket.destroy());
  });
}

export interface Delivery {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Buffer;
  /** Replaces or removes (`undefined`) headers of a proper delivery. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export function delivery({
  path = "/api/github/webhooks",
  method = "POST",
  body = "{}",
  headers,
}: Delivery): {
  readonly head: string;
  readonly body: string | Buffer;
} {
  const all = {
    host: "127.0.0.1",
    connection: "close",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-github-event": "ping",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": sign(body),
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== undefined);
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
  return { head, body };
}

export const send = (port: number, given: Delivery): Promise<string> => {
  const { head, body } = delivery(given);
  return exchange(port, [head, body]);
};

/** `400 {"error":"…"}`: the status and the body (if in chunks, of one), as one line. */
export function brief(answer: string): string {
  const [head = "", body = ""] = answer.split(/\r\n\r\n(.*)/s, 2);
  const text = /^transfer-encoding: chunked/im.test(head)
    ? /^(?:[\da-f]+\r\n(.*)\r\n)?0\r\n/s.exec(body)?.[1]
    : body;
  return `${head.split(" ")[1] ?? "no answer"} ${text?.trim() ?? ""}`.trim();
}
