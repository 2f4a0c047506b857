import type { IncomingMessage, ServerResponse } from "node:http";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface DoorOptions {
  /** Where webhooks arrive. */
  readonly path: string;
  /** The largest body that is read, in bytes. */
  readonly maxBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly bodyTimeout: number;
  /** While true nothing new is taken. */
  readonly closed: () => boolean;
}

/** GitHub sends no payload above 25 MB. */
export const largestPayload = 25 * 1024 * 1024;

/**
 * Stands before Probot's webhook handler, which reads a body of any size for any time: past nine seconds it answers
 * 202 to a body that never came, and GitHub would take that for a success. What passes has been read completely.
 */
export function webhookDoor(inner: Handler, options: DoorOptions): Handler {
  return async (request, response) => {
    // A connection that waits for more requests would keep the process from ending.
    response.once("finish", () => {
      if (options.closed()) request.socket.end();
    });
    const path = request.url?.split("?")[0]?.replace(/\/+$/, "") ?? "";
    if (request.method !== "POST" || (path !== options.path && path !== "")) return inner(request, response);
    // Probot's set-up page registers the server's root as the address for webhooks.
    request.url = options.path;
    if (options.closed()) {
      return refuse(request, response, 503, "The app is stopping. Deliver this again.");
    }
    if (Number(request.headers["content-length"] ?? 0) > options.maxBytes) {
      return refuse(request, response, 413, tooLarge(options));
    }
    const body = await readBody(request, options);
    switch (body.outcome) {
      case "gone":
        return true;
      case "late":
        return refuse(request, response, 408, `The body did not arrive within ${options.bodyTimeout} ms`);
      case "large":
        return refuse(request, response, 413, tooLarge(options));
      case "read":
        // Probot stumbles over `null` and the like; what is not declared as JSON it refuses by itself.
        if (isJson(request) && !/^\s*\{/.test(body.text))
          return refuse(request, response, 400, "The payload must be a JSON object");
        // Probot takes a body that is already there from here (its documented way for serverless hosts).
        Object.assign(request, { body: body.text });
        return inner(request, response);
    }
  };
}

const isJson = (request: IncomingMessage) => request.headers["content-type"]?.includes("json") === true;

const tooLarge = ({ maxBytes }: DoorOptions) => `The payload must not be larger than ${maxBytes} bytes`;

/** Answers and gives the connection up, as the rest of the body is not wanted. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, error: string): true {
  const body = JSON.stringify({ error });
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      connection: "close",
    })
    .end(body);
  request.resume();
  return true;
}

type Body =
  | { readonly outcome: "read"; readonly text: string }
  | { readonly outcome: "gone" | "late" | "large" };

function readBody(request: IncomingMessage, { maxBytes, bodyTimeout }: DoorOptions): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (body: Body) => {
      clearTimeout(timer);
      request.off("data", take);
      resolve(body);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) settle({ outcome: "large" });
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => settle({ outcome: "late" }), bodyTimeout);
    request.on("data", take);
    request.on("end", () => settle({ outcome: "read", text: Buffer.concat(chunks).toString("utf8") }));
    request.on("error", () => settle({ outcome: "gone" }));
    request.on("close", () => settle({ outcome: "gone" }));
  });
}
