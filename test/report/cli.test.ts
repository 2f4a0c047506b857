import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createGitHub, type GitHub } from "../../playground/github/index.ts";
import { writeHistory } from "../../playground/history/write.ts";
import type { ReleaseRecord } from "../../src/domain/record/record.ts";
import { reportOf } from "../../src/domain/report/report.ts";
import { recordMarker } from "../../src/render/record.ts";
import { shown } from "../cli/terminal.ts";

const until = Date.parse("2026-03-31T12:00:00Z");
const period = { from: "2025-10-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" };
const during = ["--since", "2025-10-01", "--until", "2026-03-31"];
const folder = mkdtempSync(join(tmpdir(), "report-"));
let github: GitHub;
let records: readonly ReleaseRecord[];
let close: () => Promise<void>;
let asApp: Record<string, string>;
let asPerson: Record<string, string>;

beforeAll(async () => {
  let now = until;
  github = createGitHub({ clock: () => new Date(now), sink: async () => 200 });
  const app = github.app({
    slug: "release-checklist",
    permissions: {
      checks: "write",
      contents: "read",
      issues: "write",
      metadata: "read",
      pull_requests: "write",
    },
  });
  const setClock = (time: number) => {
    now = time;
  };
  records = await writeHistory({ github, app, until, weeks: 9, setClock });
  const listening = await github.listen();
  close = listening.close;
  const place = { GHE_HOST: new URL(listening.url).host, GHE_PROTOCOL: "http" };
  asApp = { ...place, APP_ID: String(app.id), PRIVATE_KEY: app.privateKey };
  asPerson = { ...place, GITHUB_TOKEN: github.tokenFor("root"), PRIVATE_KEY: app.privateKey };
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const json = async (...args: string[]) =>
  JSON.parse((await shown(["report", ...during, "--json", ...args], { env: asApp })).out);

describe("release-checklist report", () => {
  test("tells of all repositories of an organisation what their records tell", async () => {
    const expected = reportOf(records, { period, quietAfter: 10 });
    expect(expected.throughput.releases).toBeGreaterThan(10);
    expect(await json("--org", "acme")).toEqual({ ...JSON.parse(JSON.stringify(expected)), leftOut: [] });
  });

  test("or of the named ones, once each, for a person who names the app", async () => {
    const { code, out } = await shown(
      ["report", ...during, "--json", "acme/shop", "ACME/shop", "--app", "release-checklist"],
      { env: asPerson },
    );
    const expected = reportOf(
      records.filter(({ repository }) => repository.name === "acme/shop"),
      { period, quietAfter: 10 },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ...JSON.parse(JSON.stringify(expected)), leftOut: [] });
  });

  test("prints tables for people, and colours only on a terminal that shows them", async () => {
    const plain = await shown(["report", ...during, "--org", "acme"], { env: asApp });
    expect(plain.code).toBe(0);
    expect(plain.out).toMatch(/^Release report, 2025-10-01 to 2026-04-01\nacme\/payments, acme\/shop\n/);
    for (const title of [
      "How long each stage takes",
      "Slowest items",
      "Releases that failed",
      "All releases",
    ])
      expect(plain.out).toContain(`\n${title}\n`);
    expect(plain.out).not.toContain("\u001b");
    const painted = await shown(["report", ...during, "--org", "acme"], { env: asApp, colours: true });
    expect(painted.out).toContain("\u001b[1mSlowest items");
  });

  test("--csv prints one row for each release", async () => {
    const { out } = await shown(["report", ...during, "--org", "acme", "--csv"], { env: asApp });
    const [head, ...rows] = out.split("\r\n");
    expect(head).toMatch(/^repository,pull,title,url,gate,outcome,failed,opened,ready,merged,production,/);
    expect(rows).toHaveLength(reportOf(records, { period, quietAfter: 1 }).throughput.releases);
  });

  test("--html writes a page that asks the network for nothing and runs no script", async () => {
    const file = join(folder, "report.html");
    const { code, out, err } = await shown(["report", ...during, "--org", "acme", "--html", file], {
      env: asApp,
    });
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/^Wrote .*report\.html, from \d+ records\.$/);
    const page = readFileSync(file, "utf8");
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bon\w+="/i);
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]{40,}"/g)).toHaveLength(3);
    const {
      out: nowhere,
      code: failed,
      err: why,
    } = await shown(["report", ...during, "--org", "acme", "--html", join(folder, "no", "report.html")], {
      env: asApp,
    });
    expect({ nowhere, failed }).toEqual({ nowhere: "", failed: 2 });
    expect(why).toContain("cannot be written (ENOENT)");
  });

  test("a forged record is left out and named, and the command ends with 1", async () => {
    const pull = github.repo("acme/shop").pull(1);
    const [record] = pull.comments.filter(({ body }) => body.includes(recordMarker));
    const genuine = record?.body ?? "";
    record?.edit({ by: "root", body: genuine.replace("Merged as ready", "Merged as splendid") });
    const { code, err } = await shown(["report", ...during, "--org", "acme"], { env: asApp });
    expect(code).toBe(1);
    expect(err).toContain("1 left out, because they do not stand:\n  acme/shop#1: it was edited by root");
  });

  test("copies of a record count nowhere else, whoever writes them", async () => {
    const repo = github.repo("acme/payments");
    const { leftOut: before, ...figures } = await json("acme/payments");
    const genuine = repo.pull(1).comments.find(({ body }) => body.includes(recordMarker))?.body ?? "";
    const other = github.app({ slug: "another-app", permissions: { issues: "write", metadata: "read" } });
    repo.installApp(other);
    for (const [index, by] of (["root", other, "dependabot[bot]"] as const).entries()) {
      repo.push(`copy/${index}`, { files: { [`copy-${index}.txt`]: "x\n" }, by: "root" });
      const pull = repo.openPull({ by: "root", head: `copy/${index}`, title: "Copied" });
      pull.merge({ by: "root" });
      pull.comment({ by, body: genuine });
    }
    const { leftOut, ...after } = await json("acme/payments");
    expect(after).toEqual(figures);
    expect(before).toEqual([]);
    expect(leftOut).toEqual([
      expect.stringMatching(/: it was not written by the app release-checklist, but by root$/),
      expect.stringMatching(/: it was not written by the app release-checklist, but by another-app\[bot\]$/),
      expect.stringMatching(/: it was not written by the app release-checklist, but by dependabot\[bot\]$/),
    ]);
  });

  test.each([
    ["no repository", [], "name repositories as owner/repo, or an organisation with --org."],
    ["no name of one", ["shop"], '"shop" is no repository: write it as owner/repo.'],
    [
      "no time",
      ["acme/shop", "--since", "soon"],
      "--since must be a date such as 2026-03-01, or a time back from the end such as 180d or 26w",
    ],
    [
      "an end before the start",
      ["acme/shop", "--since", "2026-03-02", "--until", "2026-03-01"],
      "is not before the end",
    ],
    ["two ways to print", ["acme/shop", "--json", "--csv"], "--json and --csv both print: choose one."],
    ["no number", ["acme/shop", "--quiet-after", "none"], "--quiet-after must be a number of releases"],
    [
      "an app that is not there",
      ["--org", "elsewhere"],
      "the app release-checklist is not installed on elsewhere",
    ],
  ])("%s ends with 2 and says what would be right", async (_, args, message) => {
    expect(await shown(["report", ...args], { env: asApp })).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining(message),
    });
  });

  test("a person has to name the app", async () => {
    const { code, err } = await shown(["report", "acme/shop"], { env: asPerson });
    expect(code).toBe(2);
    expect(err).toContain("name the app whose records count with --app <slug>");
  });
});
