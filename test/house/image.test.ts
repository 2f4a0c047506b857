import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { load } from "js-yaml";

const dockerfile = readFileSync("Dockerfile", "utf8").replaceAll("\\\n", " ");
const instructions = dockerfile
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  .map((line) => {
    const [name = "", ...rest] = line.split(/ +/);
    return { name, words: rest, rest: rest.join(" ") };
  });
const only = (name: string) => instructions.filter((instruction) => instruction.name === name);

/** What `.dockerignore` lets into the build: everything is out but these. */
const context = readFileSync(".dockerignore", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

test("what is copied exists and is let into the build, and nothing else is", () => {
  const copied = only("COPY")
    .filter(({ rest }) => !rest.startsWith("--from"))
    .flatMap(({ words }) => words.slice(0, -1));
  expect([...new Set(copied)].sort()).toEqual([...context].sort());
  for (const file of copied) expect([file, existsSync(file)]).toEqual([file, true]);
});

test("what comes from another stage comes from one that is there", () => {
  const stages = only("FROM").map(({ words }) => words.at(-1));
  for (const { rest } of only("COPY")) {
    const from = /--from=(\S+)/.exec(rest)?.[1];
    if (from !== undefined) expect(stages).toContain(from);
  }
});

test("it runs the start script as nobody special, in production, reachable from outside", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(only("CMD").at(-1)?.rest).toBe(JSON.stringify(scripts.start.split(" ")).replaceAll(",", ", "));
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^ENV NODE_ENV=production HOST=0\.0\.0\.0 /m);
  expect(last).not.toMatch(/npm/);
});

test("its Node is one that the project runs on", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const [, wanted = "0"] = /^>=(\d+)/.exec(engines.node) ?? [];
  const versions = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => Number(version));
  expect(versions.length).toBeGreaterThan(1);
  for (const version of versions) expect(version).toBeGreaterThanOrEqual(Number(wanted));
});

test("the health check asks the server, and tells by its exit code", async () => {
  const [, command = "[]"] = /CMD (\[.*\])/.exec(only("HEALTHCHECK")[0]?.rest ?? "") ?? [];
  const [program, flag, script] = JSON.parse(command);
  expect([program, flag]).toEqual(["node", "-e"]);
  for (const [ok, code] of [
    [true, 0],
    [false, 1],
  ]) {
    const exits = await new Promise((exit) => {
      const ask = async (url: string) => {
        expect(url).toBe("http://127.0.0.1:3000/healthz");
        return { ok };
      };
      new Function("fetch", "process", script)(ask, { env: { PORT: "3000" }, exit });
    });
    expect(exits).toBe(code);
  }
});

test("compose.yaml keeps the container from writing, and gives it time to drain", () => {
  const { services } = load(readFileSync("compose.yaml", "utf8")) as { services: Record<string, object> };
  expect(services.app).toMatchObject({
    build: ".",
    read_only: true,
    cap_drop: ["ALL"],
    stop_grace_period: "12s",
  });
  expect(services.redis).toMatchObject({ profiles: ["redis"] });
});
