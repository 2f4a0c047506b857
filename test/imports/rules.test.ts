import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "@jest/globals";

const folder = mkdtempSync(join(tmpdir(), "imports-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Empty packages that stand for the real ones. */
const packages = [
  "@octokit/rest",
  "@slack/webhook",
  "echarts",
  "fast-check",
  "jose",
  "js-yaml",
  "pino",
  "probot",
  "zod",
  "zwitch",
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** Runs the project's own rules over a project that consists of these files. */
function violations(files: Readonly<Record<string, string>>): string[] {
  for (const file of ["package.json", ".dependency-cruiser.json"]) cpSync(file, join(folder, file));
  for (const name of packages) {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(
      join(folder, "node_modules", name, "package.json"),
      JSON.stringify({ name, main: "index.js" }),
    );
    writeFileSync(join(folder, "node_modules", name, "index.js"), "");
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const tops = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? ""))];
  const ran = spawnSync(
    process.execPath,
    [
      resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      ...tops,
      ...["--config", ".dependency-cruiser.json", "--output-type", "json"],
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const report: { summary: { violations: Violation[] } } = JSON.parse(ran.stdout);
  return report.summary.violations
    .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace("/index.js", "")}`)
    .sort();
}

test("the import rules let the right direction pass and catch every other", () => {
  const imports = (...names: string[]) =>
    `${names.map((name) => `import "${name}";`).join("\n")}\nexport const x = 1;\n`;
  expect(
    violations({
      // Right.
      "src/main.ts": imports("./runtime.ts", "./cli.ts", "./log.ts"),
      "src/runtime.ts": imports("./app.ts", "probot"),
      "src/log.ts": imports("pino"),
      "src/cli.ts": imports("./github/read.ts", "./domain/ok.ts"),
      "src/app.ts": imports(
        "./affected.ts",
        "./sweep.ts",
        "./reconcile/look.ts",
        "./queue/memory.ts",
        "probot",
      ),
      "src/affected.ts": imports("./domain/ok.ts"),
      "src/sweep.ts": imports("./github/read.ts"),
      "src/reconcile/look.ts": imports(
        "../github/read.ts",
        "../notify/send.ts",
        "../record/sign.ts",
        "../render/block.ts",
        "../domain/ok.ts",
      ),
      "src/queue/memory.ts": imports("../domain/ok.ts"),
      "src/github/read.ts": imports("../render/block.ts", "../domain/ok.ts", "@octokit/rest", "node:timers"),
      "src/record/sign.ts": imports("../render/block.ts", "../domain/ok.ts", "../github/read.ts", "jose"),
      "src/render/report/chart.ts": imports("echarts"),
      "src/notify/send.ts": imports("../render/block.ts", "../domain/ok.ts", "@slack/webhook"),
      "src/render/block.ts": imports("../domain/ok.ts"),
      "src/domain/ok.ts": imports("zod", "js-yaml", "node:zlib"),
      "playground/github/ok.ts": imports("node:http"),
      "test/ok.test.ts": imports("../src/main.ts", "../playground/github/ok.ts"),
      // Wrong.
      "src/domain/upwards.ts": imports("../render/block.ts"),
      "src/domain/sideways.ts": imports("../log.ts"),
      "src/domain/reads-files.ts": imports("node:fs"),
      "src/domain/reads-the-network.ts": 'export { request } from "http";\n',
      "src/domain/reads-the-machine.ts":
        'import type { CpuInfo } from "node:os";\nexport type X = CpuInfo;\n',
      "src/domain/lazy.ts": 'export const x = () => import("node:child_process");\n',
      "src/domain/knows-octokit.ts": imports("@octokit/rest"),
      "src/domain/knows-probot.ts": 'import type { Probot } from "probot";\nexport type X = Probot;\n',
      "src/render/upwards.ts": imports("../github/read.ts"),
      "src/render/with-a-package.ts": imports("zod"),
      "src/render/draws.ts": imports("echarts"),
      "src/record/upwards.ts": imports("../reconcile/look.ts"),
      "src/reconcile/signs.ts": imports("jose"),
      "src/github/upwards.ts": imports("../queue/memory.ts"),
      "src/github/sideways.ts": imports("../notify/send.ts"),
      "src/notify/upwards.ts": imports("../reconcile/look.ts"),
      "src/notify/sideways.ts": imports("../github/read.ts"),
      "src/queue/upwards.ts": imports("../app.ts"),
      "src/reconcile/upwards.ts": imports("../sweep.ts"),
      "src/reconcile/knows-octokit.ts": imports("@octokit/rest"),
      "src/affected/upwards.ts": imports("../runtime.ts"),
      "src/cli/starts.ts": imports("../server.ts"),
      "src/server.ts": imports("probot"),
      "src/stop.ts": imports("probot"),
      "src/tested.ts": imports("../test/ok.test.ts"),
      "src/played.ts": imports("../playground/github/ok.ts"),
      "src/developed.ts": imports("fast-check"),
      "src/undeclared.ts": imports("zwitch"),
      "src/missing.ts": imports("./nowhere.ts"),
      "src/first.ts": imports("./second.ts"),
      "src/second.ts": imports("./first.ts"),
      "src/lonely.ts": "export const x = 1;\n",
      "playground/slack/shared.ts": imports("../../src/domain/ok.ts"),
    }),
  ).toMatchInlineSnapshot(`
[
  "app-is-above-reconcile: src/affected/upwards.ts → src/runtime.ts",
  "cli-starts-no-server: src/cli/starts.ts → src/server.ts",
  "domain-is-pure: src/domain/knows-octokit.ts → node_modules/@octokit/rest",
  "domain-is-pure: src/domain/knows-probot.ts → node_modules/probot",
  "domain-is-pure: src/domain/lazy.ts → child_process",
  "domain-is-pure: src/domain/reads-files.ts → fs",
  "domain-is-pure: src/domain/reads-the-machine.ts → os",
  "domain-is-pure: src/domain/reads-the-network.ts → http",
  "domain-is-pure: src/domain/sideways.ts → src/log.ts",
  "domain-is-pure: src/domain/upwards.ts → src/render/block.ts",
  "everything-is-found: src/missing.ts → ./nowhere.ts",
  "fakes-know-nothing-of-the-app: playground/slack/shared.ts → src/domain/ok.ts",
  "github-is-above-render: src/github/sideways.ts → src/notify/send.ts",
  "github-is-above-render: src/github/upwards.ts → src/queue/memory.ts",
  "jose-in-record-only: src/reconcile/signs.ts → node_modules/jose",
  "no-circular: src/first.ts → src/second.ts",
  "no-orphans: src/lonely.ts → src/lonely.ts",
  "notify-is-above-render: src/notify/sideways.ts → src/github/read.ts",
  "notify-is-above-render: src/notify/upwards.ts → src/reconcile/look.ts",
  "octokit-in-github-only: src/domain/knows-octokit.ts → node_modules/@octokit/rest",
  "octokit-in-github-only: src/reconcile/knows-octokit.ts → node_modules/@octokit/rest",
  "probot-at-the-top-only: src/domain/knows-probot.ts → node_modules/probot",
  "probot-at-the-top-only: src/stop.ts → node_modules/probot",
  "reconcile-is-above-github: src/queue/upwards.ts → src/app.ts",
  "reconcile-is-above-github: src/reconcile/upwards.ts → src/sweep.ts",
  "record-is-above-github: src/record/upwards.ts → src/reconcile/look.ts",
  "render-knows-domain-only: src/render/draws.ts → node_modules/echarts",
  "render-knows-domain-only: src/render/upwards.ts → src/github/read.ts",
  "render-knows-domain-only: src/render/with-a-package.ts → node_modules/zod",
  "src-is-on-its-own: src/played.ts → playground/github/ok.ts",
  "src-is-on-its-own: src/tested.ts → test/ok.test.ts",
  "what-runs-is-declared: src/developed.ts → node_modules/fast-check",
  "what-runs-is-declared: src/missing.ts → ./nowhere.ts",
  "what-runs-is-declared: src/undeclared.ts → node_modules/zwitch",
]
`);
});
