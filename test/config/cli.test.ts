import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { shown } from "../cli/terminal.ts";

const directory = mkdtempSync(join(tmpdir(), "validate-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** What a person would see, with the directory of the test taken out. */
async function cli(args: string[], colours = false) {
  const { code, out, err } = await shown(args, { colours });
  const without = (text: string) => text.replaceAll(`${directory}/`, "");
  return { code, out: without(out), err: without(err) };
}

describe("release-checklist validate", () => {
  test("a valid file", async () => {
    const path = file("valid.yml", "checklist:\n  checks:\n    ci: { workflow: ci.yml }\n");
    expect(await cli(["validate", path])).toEqual({ code: 0, out: "valid.yml is valid: 7 items.", err: "" });
  });

  test("a trial with a warning is valid", async () => {
    const text =
      "checklist:\n  enforcement: evaluate\n  release: [{ head: 'release/**' }]\n  items: [{ id: a, title: A }]";
    const { code, out } = await cli(["validate", file("trial.yml", text)]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
"trial.yml:3:3: warning: Every rule here looks at the head's name or a label, which the author chooses: only a rule with "base" alone cannot be dodged
  3 |   release: [{ head: 'release/**' }]
    |   ^

trial.yml is valid: 1 item, as a trial (enforcement: evaluate), with 1 warning."
`);
  });

  test("mistakes, each at its place", async () => {
    const text =
      "checklist:\n  items:\n    - id: ci\n      titel: CI is green\n      check: { workflow: ci }\n";
    const { code, out } = await cli(["validate", file("broken.yml", text)]);
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
"broken.yml:4:7: error: Unknown key "titel" (did you mean "title"?)
  4 |       titel: CI is green
    |       ^

broken.yml:5:26: error: "ci" is no workflow file: write its file name, as in "ci.yml"
  5 |       check: { workflow: ci }
    |                          ^

broken.yml is broken: 2 mistakes."
`);
  });

  test("a long line is cut around the place, and tabs keep the caret where it belongs", async () => {
    const long = await cli(["validate", file("long.yml", `checklist: { ${" ".repeat(200)}range: all }`)]);
    expect(long.out.split("\n")[1]?.length).toBeLessThan(120);
    expect(caretBelow(long.out)).toBe("all }");
    const tabbed = await cli(["validate", file("tab.yml", "checklist:\n  range:\tall")]);
    expect(caretBelow(tabbed.out)).toBe("all");
    expect(tabbed.out.split("\n")[2]).toContain("\t^");
  });

  test("signs that steer a terminal are not printed", async () => {
    const { out } = await cli(["validate", file("escape.yml", 'checklist: { "\u202e\u009b31m": 1 }')]);
    for (const sign of ["\u202e", "\u009b", "\u001b"]) expect(out).not.toContain(sign);
  });

  test("colours only where they are wanted", async () => {
    const path = file("colours.yml", "checklist: []");
    expect((await cli(["validate", path])).out).not.toContain("\u001b[");
    expect((await cli(["validate", path], true)).out).toContain("\u001b[31merror:");
  });

  test("a file without the key is said to configure nothing; a misspelt key is a mistake", async () => {
    const none = await cli(["validate", file("none.yml", "changelog: {}\n")]);
    expect(none).toEqual({
      code: 0,
      out: 'none.yml has no "checklist": nothing is configured here.',
      err: "",
    });
    expect((await cli(["validate", file("misspelt.yml", "cheklist: {}\n")])).code).toBe(1);
  });

  test("--json for other programs", async () => {
    const { code, out } = await cli(["validate", "--json", file("json.yml", "checklist:\n  range: all\n")]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      file: "json.yml",
      kind: "broken",
      findings: [
        {
          severity: "error",
          file: "json.yml",
          line: 2,
          column: 10,
          key: "checklist.range",
          message: '"range" must be "base", "last-release" or "auto", not "all"',
        },
      ],
    });
  });

  test("what cannot be read", async () => {
    expect(await cli(["validate", join(directory, "missing.yml")])).toEqual({
      code: 2,
      out: "",
      err: "missing.yml cannot be read: there is no such file",
    });
    expect((await cli(["validate", directory])).code).toBe(2);
  });

  test("wrong use says what would be right", async () => {
    expect(await cli(["valdate"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean validate?"),
    });
    expect(await cli(["validate", "--jsn"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--json"),
    });
    expect(await cli(["validate", "a.yml", "b.yml"])).toMatchObject({ code: 2 });
  });

  test("--help tells the exit codes", async () => {
    const { code, out } = await cli(["validate", "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("2  wrong use, or the file cannot be read");
  });

  test("as a process of its own, in a repository, without an argument", () => {
    const script = new URL("../../src/cli.ts", import.meta.url).pathname;
    const process_ = spawnSync(process.execPath, ["--no-warnings", script, "validate"], {
      cwd: directory,
      encoding: "utf8",
    });
    expect(process_.stderr).toBe(
      ".github/release.yml cannot be read: there is no such file\n" +
        ".github/release-checklist.yml cannot be read: there is no such file\n",
    );
    expect(process_.status).toBe(2);
  });
});

/** The text that the caret of the first finding points at. */
function caretBelow(out: string): string | undefined {
  const [, line, caret] = out.split("\n");
  return line?.slice(caret?.indexOf("^"));
}
