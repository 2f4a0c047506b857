import { afterEach, describe, expect, test } from "@jest/globals";
import { createLog } from "../../src/log.ts";
import { type RunningServer, startServer } from "../../src/server.ts";
import { rsaKey } from "../env/key.ts";
import { start } from "./app-process.ts";
import { brief, secret, send } from "./raw.ts";

const privateKey = rsaKey();
const log = createLog({ level: "fatal", format: "json", secrets: [] });

describe("a server that is stopped", () => {
  let server: RunningServer | undefined;
  afterEach(() => server?.stop(100));

  test("answers what it took, refuses what is new, and then closes", async () => {
    const taken = Promise.withResolvers<void>();
    const work = Promise.withResolvers<void>();
    server = await startServer({
      app: (probot) =>
        probot.onAny(() => {
          taken.resolve();
          return work.promise;
        }),
      credentials: { appId: 7, privateKey, webhookSecret: secret },
      host: "127.0.0.1",
      port: 0,
      apiUrl: "http://127.0.0.1:1/api/v3",
      log,
      drain: () => work.promise,
    });
    const { port } = server;
    const first = send(port, {});
    await taken.promise;
    const stopped = server.stop(5_000);

    expect(brief(await send(port, { method: "GET", path: "/healthz", body: "" }))).toBe("503 stopping");
    expect(brief(await send(port, {}))).toBe('503 {"error":"The app is stopping. Deliver this again."}');

    work.resolve();
    expect(brief(await first)).toBe("200 ok");
    expect(await stopped).toBe(true);
    expect(brief(await send(port, {}))).toBe("no answer");
  });

  test("does not wait for connections that are kept open", async () => {
    const taken = Promise.withResolvers<void>();
    const work = Promise.withResolvers<void>();
    server = await startServer({
      app: (probot) =>
        probot.onAny(() => {
          taken.resolve();
          return work.promise;
        }),
      credentials: { appId: 7, privateKey, webhookSecret: secret },
      host: "127.0.0.1",
      port: 0,
      apiUrl: "http://127.0.0.1:1/api/v3",
      log,
      drain: () => work.promise,
    });
    const first = send(server.port, { headers: { connection: "keep-alive" } });
    await taken.promise;
    // Node keeps idle connections for five seconds.
    const stopped = server.stop(2_000);
    work.resolve();
    expect(brief(await first)).toBe("200 ok");
    expect(await stopped).toBe(true);
  });

  test("gives up on what does not end", async () => {
    const never = new Promise<void>(() => {});
    let given = 0;
    server = await startServer({
      app: () => {},
      credentials: { appId: 7, privateKey, webhookSecret: secret },
      host: "127.0.0.1",
      port: 0,
      apiUrl: "http://127.0.0.1:1/api/v3",
      log,
      drain: (milliseconds) => {
        given = milliseconds;
        return never;
      },
    });
    expect(await server.stop(100)).toBe(false);
    expect(given).toBeLessThan(100);
  });
});

describe("the process ends", () => {
  test.each([
    ["with 0 when everything had ended", "clean", ["SIGTERM"], 0],
    ["with 1 when something had not", "late", ["SIGINT"], 1],
    ["with 1 when stopping failed", "failing", ["SIGTERM"], 1],
    ["at once at the second signal", "hanging", ["SIGINT", "SIGINT"], 1],
  ] as const)("%s", async (_, mode, signals, code) => {
    const process = start("stopping.ts", {}, ".", [mode]);
    await process.seen(/ready/);
    for (const signal of signals) {
      process.child.kill(signal);
      if (mode === "hanging") await process.seen(/SIGINT: stopping/);
    }
    expect(await process.ended).toBe(code);
  });

  test("with 1 when something breaks that nobody caught, and tells it without secrets", async () => {
    const process = start("stopping.ts", {}, ".", ["crashing"]);
    await process.seen(/ready/);
    process.child.kill("SIGTERM");
    expect(await process.ended).toBe(1);
    expect(process.stdout()).toContain("lost [redacted]");
    expect(process.stdout() + process.stderr()).not.toContain("well-kept");
  });
});
