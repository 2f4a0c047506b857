import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { shown } from "./terminal.ts";

const here = process.cwd();
const directory = mkdtempSync(join(tmpdir(), "extends-"));
let env: Record<string, string>;
let close: () => Promise<void>;

beforeEach(async () => {
  process.chdir(directory);
  const github = createGitHub({ sink: async () => 200 });
  github.repo("acme/rules", {
    files: {
      "release.yml": "checklist: { items: [{ id: audit, title: Audited }] }\n",
      "broken.yml": "checklist: { itmes: [] }\n",
    },
  });
  const { url, close: end } = await github.listen();
  close = end;
  env = { GHE_HOST: new URL(url).host, GHE_PROTOCOL: "http", GITHUB_TOKEN: github.tokenFor("alice") };
});
afterEach(async () => {
  process.chdir(here);
  await close();
});
afterAll(() => rmSync(directory, { recursive: true }));

const extending = (path: string) => {
  writeFileSync("a.yml", `checklist: { extends: "acme/rules:${path}" }\n`);
  return "a.yml";
};

describe("a file that extends one of another repository", () => {
  test("is read with it", async () => {
    const file = extending("release.yml");
    const { code, out, progress } = await shown(["validate", file], { env });
    expect({ code, out }).toEqual({ code: 0, out: "a.yml is valid: 1 item." });
    expect(progress).toEqual(["Reading acme/rules:release.yml …"]);
    expect((await shown(["preview", file], { env })).out).toContain("- [ ] Audited");
  });

  test("shows the mistakes of that one by their place, without a line of this one", async () => {
    const { code, out } = await shown(["validate", extending("broken.yml")], { env });
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
"a.yml:1:23: error: "acme/rules:broken.yml" is broken, in line 1, and has no valid version
  1 | checklist: { extends: "acme/rules:broken.yml" }
    |                       ^

acme/rules:broken.yml:1:14: error: Unknown key "itmes" (did you mean "items"?)

a.yml is broken: 2 mistakes."
`);
  });

  test("cannot be read without somebody who asks", async () => {
    const { code, err } = await shown(["validate", extending("release.yml")]);
    expect(code).toBe(2);
    expect(err).toMatchInlineSnapshot(
      `"a.yml extends acme/rules:release.yml, which is read from GitHub: set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY."`,
    );
  });
});
