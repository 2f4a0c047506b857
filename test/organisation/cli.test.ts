import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { shown } from "../cli/terminal.ts";

const directory = mkdtempSync(join(tmpdir(), "organisation-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

async function validate(own: string, organisation: string, ...more: string[]): Promise<string> {
  const files = [file("own.yml", own), "--org-file", file("org.yml", organisation)];
  const { code, out, err } = await shown(["validate", ...files, ...more]);
  return `${code}\n${out}${err}`.replaceAll(`${directory}/`, "");
}

const organisation = `checklist:
  items:
    - { id: rollback, title: Rollback plan confirmed, signers: { count: 2 }, locked: true }
    - { id: notes, title: Release notes read }
`;

describe("release-checklist validate --org-file", () => {
  test("finds what a file loosens of what the organisation locks", async () => {
    const own = `checklist:
  may: { waive: "role:write" }
  items:
    - { id: own, title: Own }
    - id: rollback
      signers: { count: 1 }
`;
    expect(await validate(own, organisation)).toMatchInlineSnapshot(`
"1
own.yml:2:10: error: This loosens "may.waive", locked by org.yml: only role:admin may do that
  2 |   may: { waive: "role:write" }
    |          ^

own.yml:6:18: error: This loosens "signers.count" of the item "rollback", locked by org.yml: at least 2 people must sign
  6 |       signers: { count: 1 }
    |                  ^

own.yml can be read, but has 2 mistakes."
`);
  });

  test("takes what is as strict, and what extends it", async () => {
    const own = `checklist:
  extends: acme/.github:.github/release.yml
  items:
    - { id: rollback, signers: { count: 3 } }
`;
    expect(await validate(own, organisation)).toBe("0\nown.yml is valid: 2 items.");
  });

  test.each([
    ["changelog: {}\n", '2\norg.yml has no "checklist": it locks nothing.'],
    ["checklist: { itmes: [] }\n", '2\norg.yml is broken: run "validate org.yml" first.'],
  ])("cannot do it without a valid one", async (text, says) => {
    expect(await validate("checklist: {}\n", text)).toBe(says);
  });

  test("asks for one of the two ways", async () => {
    expect(await validate("checklist: {}\n", organisation, "--for", "acme/shop")).toContain(
      "leave --org-file out",
    );
  });
});
