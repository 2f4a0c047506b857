import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Broken, type Incoming, type Server } from "./server.ts";

/** Where a server listens, and how to end it. */
export interface Listening {
  url: string;
  port: number;
  close(): Promise<void>;
}

const bodyText = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function headersOf(request: http.IncomingMessage): Incoming["headers"] {
  return request.headers as Record<string, string | undefined>;
}

async function answer(
  server: Server,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const body = await readAll(request);
  try {
    const reply = await server.handle({
      method: request.method ?? "GET",
      target: request.url ?? "/",
      headers: headersOf(request),
      body,
      origin: `http://${request.headers.host}`,
    });
    const text = reply.body === undefined ? "" : bodyText(reply.body);
    response.writeHead(reply.status, {
      ...(text === "" ? {} : { "content-type": "application/json; charset=utf-8" }),
      "content-length": Buffer.byteLength(text),
      ...reply.headers,
    });
    response.end(text);
  } catch (error) {
    if (error instanceof Broken && error.kind === "timeout") return;
    if (error instanceof Broken) request.socket.destroy();
    else response.writeHead(500).end(JSON.stringify({ message: String(error) }));
  }
}

/** Serves on 127.0.0.1; port 0 takes a free one. Pages that are no API come from `page`. */
export async function listen(
  server: Server,
  port: number,
  page?: (request: http.IncomingMessage, response: http.ServerResponse) => boolean,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const listener = http.createServer((request, response) => {
    if (page?.(request, response)) return;
    void answer(server, request, response);
  });
  listener.keepAliveTimeout = 60_000;
  listener.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = listener.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
