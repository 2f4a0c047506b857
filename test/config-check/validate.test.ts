import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Finding } from "../../src/domain/config/finding.ts";
import { shown as printed } from "../cli/terminal.ts";
import { change, createConfigWorld, path, shown, targets, today } from "./world.ts";

const directory = mkdtempSync(join(tmpdir(), "validate-for-"));
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(text: string): string {
  const file = join(directory, "release.yml");
  writeFileSync(file, text);
  return file;
}

const rules = `checklist:
  release: [{ base: main }]
  items:
    - { id: rollback, title: Rollback plan confirmed, signers: { from: "@acme/sre" }, locked: true }
`;

const texts: Readonly<Record<string, string>> = {
  "a valid one": `${today}\n# more\n`,
  "mistakes of every stage": `checklist:
  enforcement: activ
  items:
    - { id: a, titel: A }
    - { id: b, title: B }
    - { id: b, title: B again }
    - { id: c, title: C, changed: x, assigned: true }
`,
  "names that are not there": `checklist:
  may: { override: "@acme/leads" }
  items:
    - { id: ci, title: CI, check: { workflow: cl.yml } }
    - { id: e2e, title: E2E, check: e2e }
    - { id: staging, title: Staging, deployment: { environment: stagin } }
    - { id: tell, title: Tell, notify: { to: stakeholder } }
`,
  "what is locked, loosened": today.replace('signers: { from: "@acme/sre" }', "signers: { from: octocat }"),
  "no YAML": "checklist: [",
  "a misspelt key": "cheklist: {}\n",
};

describe("validate --for finds what the check finds", () => {
  test.each(Object.entries(texts))("%s", async (_what, text) => {
    const world = createConfigWorld();
    world.github.repo("acme/.github", { files: { [path]: rules } }).installApp(world.app);
    const pull = await change(world, text);
    const { url, close } = await world.github.listen();
    const env = {
      GHE_HOST: new URL(url).host,
      GHE_PROTOCOL: "http",
      GITHUB_TOKEN: world.github.tokenFor("bob"),
      NOTIFICATION_TARGETS: targets,
    };
    const { out, code } = await printed(["validate", fileOf(text), "--for", "acme/shop", "--json"], { env });
    await close();
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    const check = shown(world, pull);
    expect(
      findings.map(
        ({ line, severity, message }) =>
          `${path}:${line} ${severity === "error" ? "failure" : "warning"}: ${message}`,
      ),
    ).toEqual(check?.annotations ?? []);
    expect(code).toBe(check === null || check.conclusion === "success" ? 0 : 1);
    await world.finish();
  });
});

test("what it says in the end", async () => {
  const world = createConfigWorld();
  const { url, close } = await world.github.listen();
  const env = {
    GHE_HOST: new URL(url).host,
    GHE_PROTOCOL: "http",
    GITHUB_TOKEN: world.github.tokenFor("bob"),
  };
  const args = ["validate", fileOf(texts["names that are not there"] ?? ""), "--for", "acme/shop"];
  const { out, code, progress } = await printed(args, { env });
  await close();
  expect(code).toBe(1);
  expect(progress).toEqual(["Asking GitHub about acme/shop …"]);
  expect(out.split("\n").at(-1)?.replace(directory, "…")).toBe(
    "…/release.yml can be read, but has 2 mistakes, with 2 warnings.",
  );
});

test("it needs somebody who asks, and a repository", async () => {
  const file = fileOf(today);
  expect(await printed(["validate", file, "--for", "acme/shop"])).toMatchObject({
    code: 2,
    err: "To ask about acme/shop, set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY.",
  });
  expect(await printed(["validate", file, "--for", "shop"])).toMatchObject({
    code: 2,
    err: '"shop" is no repository: write it as owner/repo.',
  });
});
