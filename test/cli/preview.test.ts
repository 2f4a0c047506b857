import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sampleOf } from "../../src/cli/preview/sample.ts";
import { matcher } from "../../src/domain/glob.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { version } from "../../src/version.ts";
import { createWorld } from "../scenario/world.ts";
import { shapes, workingCopy } from "./repositories.ts";
import { shown } from "./terminal.ts";

const here = process.cwd();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  process.chdir(here);
  for (const end of ends.splice(0)) await end();
});

function fileWith(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), "preview-"));
  ends.push(() => rmSync(directory, { recursive: true }));
  process.chdir(directory);
  writeFileSync("release.yml", text);
  return "release.yml";
}

/** Without what changes with every version of the app. */
const asWritten = (text: string) => text.replaceAll(version, "VERSION");

const config = `checklist:
  release: [{ base: "production/*" }]
  items:
    - { id: ci, title: CI is green, check: { workflow: ci.yml } }
    - { id: sql, title: Migrations tried, when: { paths: ["**/*.sql"] } }
    - { id: plan, title: Rollback plan confirmed, questions: { how: How? }, signers: { from: ["@acme/sre"] } }
    - { id: eu, title: Data officer informed, when: { base: [eu] } }
    - { id: tell, title: Stakeholders notified, notify: { to: [stakeholders] } }
    - { id: smoke, title: Smoke tests, phase: after-deploy }
`;

describe("release-checklist preview", () => {
  test("invents a release to which as many items apply as can", async () => {
    const { code, out, err } = await shown(["preview", fileWith(config)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(asWritten(out)).toMatchInlineSnapshot(`
"release/1.0 into production/1.0: an invented release, of which nothing is done yet
Configuration: release.yml

── In the description ──

<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [ ] CI is green <!-- item:ci -->

**Signed off by people**
- [ ] Migrations tried <!-- item:sql -->
- [ ] Rollback plan confirmed (\`@acme/sre\`) <!-- item:plan -->
  - How? <!-- answer:how -->
- [ ] Stakeholders notified <!-- item:tell -->

Who signed what: the **Release checklist: production/1.0** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->

── The check "Release checklist: production/1.0" ──

action_required: Blocked: ci never started (and 3 more)

**Blocked.** 0 of 4 items are done.

### What is missing

- CI is green: The workflow ci.yml has no run on 1a95462.
- Migrations tried: anyone with write access can sign it
- Rollback plan confirmed: \`@acme/sre\` can answer its questions and sign it
- Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

To sign, tick the box in the description, or comment \`/checklist sign sql plan\`.

| item | state | evidence |
|---|---|---|
| CI is green | ⏳ waiting | never started |
| Migrations tried | ⏳ waiting | waiting for anyone with write access |
| Rollback plan confirmed | ⏳ waiting | waiting for \`@acme/sre\` |
| Data officer informed | ➖ not needed | only into eu |
| Stakeholders notified | ⏳ waiting | waiting for anyone with write access |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: production/1.0 from release/1.0 at 1a95462
> - By: octocat
> - Still open: CI is green, Migrations tried, Rollback plan confirmed (0 of 4 done)
> 
> <https://github.com/acme/shop/pull/1>

<sub>Release Checklist VERSION · release.yml at 2f1872d · comment \`/checklist help\` for help</sub>

── Not asked for here ──

- Smoke tests (after the deployment)"
`);
  });

  test("--base chooses where it goes", async () => {
    const { out } = await shown(["preview", fileWith(config), "--base", "main"]);
    expect(out).toContain("release/1.0 into main: an invented release");
    expect(out).toContain("success: Not a release pull request");
    expect(out).not.toContain("In the description");
  });

  test.each([...builtInTemplates().keys()])("the template %s can be shown", async (name) => {
    const { code, out } = await shown(["preview", fileWith(`checklist: { extends: ${name} }\n`)]);
    expect(code).toBe(0);
    expect(out).toContain("## Release checklist");
    expect(out).toContain("Blocked: ");
  });

  test("a working copy, as its branch would go into the default one", async () => {
    const directory = workingCopy({
      files: { ...shapes.plain?.files, ".github/release.yml": config.replace('"production/*"', "main") },
    });
    ends.push(() => rmSync(directory, { recursive: true }));
    process.chdir(directory);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        stdio: "pipe",
      });
    git("checkout", "-q", "-b", "release/2.0");
    writeFileSync("1.sql", "select 1;\n");
    git("add", ".");
    git("commit", "-q", "-m", "Add a table");
    const { code, out } = await shown(["preview", "--working-copy"]);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe(
      "release/2.0 into main: as release/2.0 would go into main, of which nothing is done yet",
    );
    expect(out).toContain("- [ ] Migrations tried");
    const elsewhere = await shown(["preview", "--working-copy", "--base", "nope"]);
    expect(elsewhere).toMatchObject({
      code: 2,
      err: "There is no branch nope here: name another one with --base.",
    });
    git("checkout", "-q", "--detach");
    expect((await shown(["preview", "--working-copy"])).err).toContain(
      "no working copy with a branch that is checked out",
    );
  });

  test("mistakes are shown as validate shows them", async () => {
    const { code, out } = await shown(["preview", fileWith("checklist:\n  itmes: []\n")]);
    expect(code).toBe(1);
    expect(out).toContain("release.yml:2:3: error: Unknown key");
    const json = await shown(["preview", "release.yml", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ file: "release.yml", kind: "broken" });
  });

  test("--json for other programs", async () => {
    const { out } = await shown(["preview", fileWith(config), "--json"]);
    const preview = JSON.parse(out);
    expect(Object.keys(preview)).toEqual(["about", "config", "block", "check", "others"]);
    expect(preview.block).toMatch(/^<!-- release-checklist:begin -->\n/);
    expect(preview.check).toMatchObject({
      name: "Release checklist: production/1.0",
      conclusion: "action_required",
    });
    expect(preview.others).toEqual(["Smoke tests (after the deployment)"]);
  });

  test("signs that steer a terminal are not printed", async () => {
    const { out } = await shown([
      "preview",
      fileWith('checklist: { items: [{ id: a, title: "A \\u202e b" }] }\n'),
    ]);
    expect(out).not.toMatch(/\u202e/);
  });

  describe("of a real pull request", () => {
    async function hosted() {
      const world = createWorld({ config: "checklist: { items: [{ id: a, title: Today }] }\n" });
      const { url, close } = await world.github.listen();
      ends.push(close);
      const pull = await world.open({ head: "release/1" });
      await world.tick(pull, "bea", "a");
      const env = {
        GHE_HOST: new URL(url).host,
        GHE_PROTOCOL: "http",
        GITHUB_TOKEN: world.github.tokenFor("alice"),
      };
      const preview = async (...args: string[]) => {
        let seen = await shown([]);
        const writes = await world.writesSince(async () => {
          seen = await shown(["preview", ...args], { env });
        });
        expect(writes).toEqual([]);
        return seen;
      };
      return { world, pull, preview };
    }

    test("shows it as it is", async () => {
      const { preview } = await hosted();
      const { code, out } = await preview("--pr", "acme/shop#1");
      expect(code).toBe(0);
      expect(out).toContain("acme/shop#1: Release 1.0 (release/1 into main, by alice)");
      expect(out).toContain("- [x] Today");
      expect(out).toContain("success: Ready: 1 of 1 items done");
    });

    test("under the rules of a file, with what was signed already", async () => {
      const { preview } = await hosted();
      const file = fileWith("checklist: { items: [{ id: a, title: Tomorrow }, { id: b, title: More }] }\n");
      const { out } = await preview(file, "--pr", "acme/shop#1");
      expect(out).toContain("- [x] Tomorrow");
      expect(out).toContain("action_required: Blocked: waiting for anyone with write access, More");
    });

    test("one that is merged gets no check", async () => {
      const { preview, pull } = await hosted();
      pull.close({ by: "alice" });
      expect((await preview("--pr", "acme/shop#1")).out).toContain("No check would be written.");
    });
  });

  test.each([
    ["no file", ["nope.yml"], "nope.yml cannot be read: there is no such file"],
    ["no pull request", ["--pr", "7"], '"7" is no pull request: write it as owner/repo#number.'],
    ["no token", ["--pr", "acme/shop#7"], "acme/shop#7 cannot be looked at: set GITHUB_TOKEN"],
    ["two kinds at once", ["--pr", "acme/shop#7", "--working-copy"], "leave --working-copy and --base out"],
  ])("%s ends with 2 and says what would be right", async (_, args, message) => {
    fileWith("");
    const { code, out, err } = await shown(["preview", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("a file without a checklist has nothing to show", async () => {
    const { code, err } = await shown(["preview", fileWith("changelog: {}\n")]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'release.yml has no "checklist": there is nothing to show.',
    });
  });
});

describe("a sample of a pattern", () => {
  test.each([
    ["release/**", "branch", "release/1.0"],
    ["production-*", "branch", "production-1.0"],
    ["v[0-9]+.x", "branch", "v0.x"],
    ["**/migrations/**", "path", "migrations/1.0"],
    ["**/*.sql", "path", "1.0.sql"],
    ["db/**/*.sql", "path", "db/1.0.sql"],
  ] as const)("%s is matched by %s %s", (pattern, flavour, sample) => {
    expect(sampleOf([pattern], flavour)).toBe(sample);
  });

  test("is matched by the pattern, whatever that is, or not given", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z*/?![\]]{1,12}$/), (pattern) => {
        const sample = sampleOf([pattern], "path");
        expect(sample === null || matcher([pattern], "path")(sample)).toBe(true);
      }),
    );
  });
});
