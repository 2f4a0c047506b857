import { describe, expect, test } from "@jest/globals";
import { shown } from "../cli/terminal.ts";
import { start } from "../start/app-process.ts";

const directory = new URL("../..", import.meta.url).pathname;
const page = (env: Record<string, string> = {}) => start("../../playground/main.ts", env, directory);
const address = /The playground is at (http:\/\/127\.0\.0\.1:\d+)\./;

/** The first thing told about a part of the world for which this holds. */
async function told(url: string, part: string, holds: (value: never) => boolean): Promise<unknown> {
  const { body } = await fetch(`${url}/events`);
  let text = "";
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    for (const [, json = ""] of text.matchAll(new RegExp(`^event: ${part}\\ndata: (.*)\\n\\n`, "gm"))) {
      const value = JSON.parse(json) as never;
      if (holds(value)) return value;
    }
  }
  throw new Error(`Nothing of the kind was told about ${part}`);
}

const isRunning = ({ state }: { state: string }) => state === "running";

describe("npm run playground", () => {
  test("shows a running world, and ends with everything in it", async () => {
    const { child, ended, seen, stderr } = page();
    const [, url = ""] = await seen(address);
    const { github } = (await told(url, "world", isRunning)) as { github: string };
    // It answers, if only that it does not know this address.
    expect((await fetch(github)).status).toBe(501);
    const [, host, token] = await seen(
      /GHE_HOST=(\S+) GHE_PROTOCOL=http GITHUB_TOKEN=(\S+) npx release-checklist doctor acme\//,
    );
    const env = { GHE_HOST: host, GHE_PROTOCOL: "http", GITHUB_TOKEN: token };
    const doctor = await shown(["doctor", "acme/shop"], { env });
    expect(doctor.err).toBe("");
    expect(doctor.out).toContain('"Release checklist: main" is required on main');
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(stderr()).toBe("");
    for (const gone of [url, github]) await expect(fetch(gone)).rejects.toThrow("fetch failed");
  });

  test("ends too while the world still starts", async () => {
    const { child, ended, seen } = page();
    await seen(address);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("says when the app has ended, and makes a new world", async () => {
    const { child, ended, seen } = page();
    const [, url = ""] = await seen(address);
    const { app } = (await told(url, "world", isRunning)) as { app: number };
    process.kill(app, "SIGKILL");
    const broken = await told(url, "world", ({ state }: { state: string }) => state === "broken");
    expect(broken).toMatchObject({ problem: "the app has ended", log: expect.arrayContaining([]) });
    const ask = (what: unknown) =>
      fetch(`${url}/ask`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(what),
      }).then((answer) => answer.json());
    expect(await ask({ ask: "act", action: { do: "merge", by: "alice", number: 1 } })).toMatchObject({
      ok: false,
      message: "The app has ended. Start a fresh world.",
    });
    expect(await ask({ ask: "start", choice: "nowhere" })).toMatchObject({ ok: false });
    expect(await ask({ ask: "start", choice: "hotfix" })).toEqual({ ok: true });
    await told(url, "world", isRunning);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("is for this machine only", async () => {
    const { child, ended, seen } = page();
    const [, url = ""] = await seen(address);
    const post = (headers: Record<string, string>, body: unknown) =>
      fetch(`${url}/ask`, { method: "POST", headers, body: JSON.stringify(body) });
    // A form on another page can send text, and nothing else without asking first.
    expect((await post({ "content-type": "text/plain" }, { ask: "pause" })).status).toBe(415);
    const json = { "content-type": "application/json" };
    expect((await post(json, { ask: "everything" })).status).toBe(400);
    expect((await post(json, { ask: "pause" })).status).toBe(200);
    const policy = (await fetch(url)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    child.kill("SIGINT");
    await ended;
  });

  test("says what is wrong with the port", async () => {
    const { ended, stderr } = page({ PORT: "eighty" });
    expect(await ended).toBe(2);
    expect(stderr()).toBe('PORT is "eighty": it must be a number from 0 to 65535\n');
  });
});
