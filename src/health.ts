import type { Handler } from "./webhook-door.ts";

/** `GET /healthz`: 200 while webhooks are taken, 503 once the process is stopping, so that a balancer turns away. */
export function healthHandler(draining: () => boolean): Handler {
  return async (request, response) => {
    const path = request.url?.split("?")[0];
    if (path !== "/healthz" || (request.method !== "GET" && request.method !== "HEAD")) return false;
    const [status, text] = draining() ? [503, "stopping\n"] : [200, "ok\n"];
    response.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" }).end(text);
    return true;
  };
}
