import { randomBytes } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";
import { action } from "./action.ts";
import { type Bundle, bundlePage } from "./bundle.ts";
import { configurationView } from "./configuration-view.ts";
import { htmlOf, icon, protection } from "./document.ts";
import { reportPage } from "./report.ts";
import { Session, type SessionOptions } from "./session.ts";
import { Stream } from "./stream.ts";

export interface PageServer {
  readonly url: string;
  readonly session: Session;
  /** Resolves when everything has ended. */
  close(): Promise<void>;
}

const ask = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("act"), action }),
  z.strictObject({ ask: z.literal("start"), choice: z.string() }),
  z.strictObject({ ask: z.literal("play"), choice: z.string() }),
  z.strictObject({ ask: z.literal("pause") }),
  z.strictObject({ ask: z.literal("go-on") }),
  z.strictObject({ ask: z.literal("validate"), text: z.string() }),
]);

/** Serves the page on 127.0.0.1; port 0 takes a free one. */
export async function servePage(port: number, options: Omit<SessionOptions, "page">): Promise<PageServer> {
  let url = "";
  const session = new Session({ ...options, page: () => url });
  const stream = new Stream(session);
  const bundle = await bundlePage();
  const report = reportPage();
  const server = http.createServer((request, response) => {
    answer(request, response, { session, stream, bundle, report }).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    session,
    close: async () => {
      stream.close();
      const ended = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([ended, session.close()]);
    },
  };
}

interface Parts {
  readonly session: Session;
  readonly stream: Stream;
  readonly bundle: Bundle;
  readonly report: () => Promise<string>;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { session, stream, bundle, report }: Parts,
): Promise<void> {
  // Other pages in the same browser, under whatever name, have no business here.
  if (!isLocal(request.headers.host)) return send(response, 403, "text/plain", "Not from here.");
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (request.method === "POST" && path === "/ask") return answerAsk(request, response, session);
  if (request.method !== "GET") return send(response, 405, "text/plain", "Only GET.");
  if (path === "/") {
    const nonce = randomBytes(16).toString("base64");
    return send(response, 200, "text/html", htmlOf(nonce), protection(nonce));
  }
  // It says by itself what a browser may load for it.
  if (path === "/report") return send(response, 200, "text/html", await report());
  if (path === "/events") return stream.add(response);
  if (path === "/page.js") return send(response, 200, "text/javascript", bundle.script);
  if (path === "/page.css") return send(response, 200, "text/css", bundle.style);
  if (path === "/icon.svg") return send(response, 200, "image/svg+xml", icon);
  send(response, 404, "text/plain", "There is nothing here.");
}

const isLocal = (host = ""): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
}

async function answerAsk(
  request: IncomingMessage,
  response: ServerResponse,
  session: Session,
): Promise<void> {
  // A form of another site cannot send this type without asking first.
  if (request.headers["content-type"] !== "application/json")
    return send(response, 415, "text/plain", "Only application/json.");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = ask.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
  if (!asked.success) return send(response, 400, "text/plain", z.prettifyError(asked.error));
  send(response, 200, "application/json", JSON.stringify(await carryOut(asked.data, session)));
}

function carryOut(asked: z.infer<typeof ask>, session: Session): unknown {
  switch (asked.ask) {
    case "act":
      return session.perform(asked.action);
    case "start":
      return session.start(asked.choice);
    case "play":
      return session.play(asked.choice);
    case "pause":
      return session.pause();
    case "go-on":
      return session.goOn();
    case "validate":
      return configurationView(asked.text);
  }
}
