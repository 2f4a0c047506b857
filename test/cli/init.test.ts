import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { load } from "js-yaml";
import { createGitHub } from "../../playground/github/index.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { manifest } from "../scenario/world.ts";
import { type RepositoryShape, shapes, workingCopy } from "./repositories.ts";
import { shown } from "./terminal.ts";

const file = ".github/release.yml";
const here = process.cwd();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  process.chdir(here);
  for (const end of ends.splice(0)) await end();
});

function copyOf(shape: RepositoryShape, remote?: string): string {
  const directory = workingCopy(shape, remote);
  ends.push(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** As editors see it. */
const fitsSchema = new Ajv().compile(JSON.parse(readFileSync("schema/release.schema.json", "utf8")));

const shapeNamed = (name: string): RepositoryShape => shapes[name] as RepositoryShape;
const written = (directory: string) => readFileSync(join(directory, file), "utf8");
const findingsOf = (text: string) => {
  const { kind, findings } = readConfig(text, file, builtInTemplates());
  return { kind, findings };
};

/** Such a repository on a GitHub, and how to ask it. */
async function hosted(shape: RepositoryShape) {
  const github = createGitHub({ sink: async () => 200 });
  const repo = github.repo("acme/shop", {
    files: shape.files,
    branches: shape.branches ?? [],
    collaborators: { root: "admin" },
  });
  for (const name of shape.environments ?? []) repo.environment(name);
  if (shape.defaultBranch !== undefined) repo.setDefaultBranch(shape.defaultBranch, { by: "root" });
  const { url, close } = await github.listen();
  ends.push(close);
  const app = github.app({ slug: "release-checklist", permissions: manifest.default_permissions });
  repo.installApp(app);
  const place = { GHE_HOST: new URL(url).host, GHE_PROTOCOL: "http" };
  return { github, repo, app, place, env: { ...place, GITHUB_TOKEN: github.tokenFor("root") } };
}

describe("release-checklist init", () => {
  describe.each(Object.keys(shapes))("in a repository of the shape %s", (name) => {
    test("writes a file that is valid without a finding", async () => {
      const directory = copyOf(shapeNamed(name));
      const { code, err } = await shown(["init", "--dir", directory]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(findingsOf(written(directory))).toEqual({ kind: "valid", findings: [] });
      expect([fitsSchema(load(written(directory))), fitsSchema.errors]).toEqual([true, null]);
      const validated = await shown(["validate", join(directory, file)]);
      expect(validated.code).toBe(0);
    });

    test("finds the same on GitHub, without a working copy", async () => {
      const shape = shapeNamed(name);
      const { env, github } = await hosted(shape);
      const { code, out, err } = await shown(["init", "acme/shop"], { env });
      expect(code).toBe(0);
      expect(err).toContain("Nothing was written.");
      expect(findingsOf(out)).toEqual({ kind: "valid", findings: [] });
      expect(github.unknownRoutes).toEqual([]);
      expect(github.requests.writes).toBe(0);
      const directory = copyOf(shape, "git@github.com:acme/shop.git");
      await shown(["init", "--dir", directory]);
      expect(written(directory).trimEnd()).toBe(out);
    });
  });

  test("what it writes for a plain repository", async () => {
    const directory = copyOf(shapeNamed("plain"));
    process.chdir(directory);
    const { out } = await shown(["init"]);
    expect(written(directory)).toMatchInlineSnapshot(`
"# yaml-language-server: $schema=https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json
checklist:
  # A trial blocks nothing: with this line the check passes and says "Would block: …".
  # enforcement: evaluate

  # Releases are pull requests into main from release/**, release-*, hotfix/**, release-please--** or
  # changeset-release/**, and those with the label "release". The author chooses both, so a branch of its own for
  # what is in production is safer: only a rule with "base" alone cannot be dodged.
  # release:
  #   - base: production

  # Where the items come from. Others: confidence, hotfix, managed-release, seven-steps, zero-rollback.
  extends: default

  # Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.
  # Where none is named, a person signs instead. Not found here:
  #   staging-e2e: { workflow: staging-e2e.yml }   # runs the end-to-end tests against staging
  #   migration-validation: { workflow: migration-validation.yml }   # tries the migrations on a copy of real data
  checks:
    # found in .github/workflows/test.yml
    ci: { workflow: test.yml }

  # In an emergency: who may open the gate with a reason, and who may set a single item aside.
  may:
    override: ["role:admin"]
    # waive: ["@acme/leads"]

  # Items of the template are changed by their id, others are added.
  # items:
  #   Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:
  #   - id: stakeholders
  #     notify: { to: [stakeholders] }
"
`);
    expect(out).toMatchInlineSnapshot(`
"Wrote .github/release.yml, a checklist of 7 items. It rests on:
  default branch:   main
  releases:         by the usual names of branches
  CI:               the workflow test.yml
  end-to-end tests: not found
  migrations:       none found
  staging:          none found
  signers:          anyone with write access

Next:
  release-checklist preview            see it as people will
  git add, commit, push                merge it into main, where it is read from
  release-checklist doctor owner/repo  see whether the gate holds"
`);
  });

  test("tells where it wrote, and how to look at that", async () => {
    const directory = copyOf(shapeNamed("plain"));
    const { out } = await shown(["init", "--dir", directory]);
    expect(out).toContain(`Wrote ${join(directory, file)}, a checklist of 7 items.`);
    expect(out).toContain(`  release-checklist preview ${join(directory, file)}  see it as people will`);
  });

  test("what it writes for release-please", async () => {
    const directory = copyOf(shapeNamed("release-please"));
    await shown(["init", "--dir", directory]);
    expect(written(directory)).toMatchInlineSnapshot(`
"# yaml-language-server: $schema=https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json
checklist:
  # A trial blocks nothing: with this line the check passes and says "Would block: …".
  # enforcement: evaluate

  # Releases are pull requests into main from release/**, release-*, hotfix/**, release-please--** or
  # changeset-release/**, and those with the label "release". The author chooses both, so a branch of its own for
  # what is in production is safer: only a rule with "base" alone cannot be dodged.
  # release:
  #   - base: production
  # release-please was found: what is in the release is counted from the last published one.

  # Where the items come from. Others: confidence, hotfix, managed-release, seven-steps, zero-rollback.
  extends: default

  # Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.
  # Where none is named, a person signs instead. Not found here:
  #   migration-validation: { workflow: migration-validation.yml }   # tries the migrations on a copy of real data
  checks:
    # found in .github/workflows/ci.yml
    ci: { workflow: ci.yml }
    # found in .github/workflows/e2e.yml
    staging-e2e: { workflow: e2e.yml }

  # In an emergency: who may open the gate with a reason, and who may set a single item aside.
  may:
    override: ["role:admin"]
    # waive: ["@acme/leads"]

  # Items of the template are changed by their id, others are added.
  # items:
  #   Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:
  #   - id: stakeholders
  #     notify: { to: [stakeholders] }
"
`);
  });

  test("what it adds for changesets to a file that GitHub's own key stands in already", async () => {
    const directory = copyOf(shapeNamed("changesets"));
    const before = written(directory);
    await shown(["init", "--dir", directory]);
    expect(written(directory).slice(0, before.length)).toBe(before);
    expect(written(directory)).toMatchInlineSnapshot(`
"changelog:
  categories:
    - title: Features
      labels: [feature]

# yaml-language-server: $schema=https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json
checklist:
  # A trial blocks nothing: with this line the check passes and says "Would block: …".
  # enforcement: evaluate

  # Releases are pull requests into main from release/**, release-*, hotfix/**, release-please--** or
  # changeset-release/**, and those with the label "release". The author chooses both, so a branch of its own for
  # what is in production is safer: only a rule with "base" alone cannot be dodged.
  # release:
  #   - base: production
  # changesets was found: what is in the release is counted from the last published one.

  # Where the items come from. Others: confidence, hotfix, managed-release, seven-steps, zero-rollback.
  extends: default

  # Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.
  # Where none is named, a person signs instead. Not found here:
  #   migration-validation: { workflow: migration-validation.yml }   # tries the migrations on a copy of real data
  checks:
    # found in .github/workflows/ci.yml
    ci: { workflow: ci.yml }
    # found in a job of .github/workflows/ci.yml
    staging-e2e: "Playwright (*)"

  # In an emergency: who may open the gate with a reason, and who may set a single item aside.
  may:
    override: ["role:admin"]
    # waive: ["@acme/leads"]

  # Items of the template are changed by their id, others are added.
  # items:
  #   Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:
  #   - id: stakeholders
  #     notify: { to: [stakeholders] }
"
`);
  });

  test("what it writes for a monorepo with migrations", async () => {
    const directory = copyOf(shapeNamed("monorepo with migrations"));
    await shown(["init", "--dir", directory]);
    expect(written(directory)).toMatchInlineSnapshot(`
"# yaml-language-server: $schema=https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json
checklist:
  # A trial blocks nothing: with this line the check passes and says "Would block: …".
  # enforcement: evaluate

  # Everything that goes into production is a release. The author cannot dodge that.
  release:
    - base: production

  # Where the items come from. Others: confidence, hotfix, managed-release, seven-steps, zero-rollback.
  extends: default

  # Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.
  # Where none is named, a person signs instead. Not found here:
  #   staging-e2e: { workflow: staging-e2e.yml }   # runs the end-to-end tests against staging
  checks:
    # found in .github/workflows/build.yml
    ci: { workflow: build.yml }
    # found in a job of .github/workflows/build.yml
    migration-validation: "Try the migrations"

  # In an emergency: who may open the gate with a reason, and who may set a single item aside.
  may:
    override: ["role:admin"]
    waive: ["@acme/platform"]   # they own everything, says CODEOWNERS

  # Items of the template are changed by their id, others are added.
  items:
    # Signed by somebody else than who wrote the release.
    - id: rollback
      signers: { from: ["@acme/platform"], not: [author] }
    # Migrations were found in services/billing/migrations, services/users/db/changelog.
    - id: migrations
      when:
        paths:
          - "**/migrations/**"
          - "**/migrate/**"
          - "**/alembic/versions/**"
          - "**/*.sql"
          - "services/users/db/changelog/**"
    # The app reads the SQL: this item appears when a migration deletes data.
    - id: backup
      title: The database is backed up, and the backup was tried
      when: { migrations: destructive }
    # Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:
    # - id: stakeholders
    #   notify: { to: [stakeholders] }
"
`);
  });

  test("what it writes for GitFlow with environments", async () => {
    const directory = copyOf(shapeNamed("GitFlow"), "https://github.com/acme/shop");
    const { out } = await shown(["init", "--dir", directory]);
    expect(written(directory)).toMatchInlineSnapshot(`
"# yaml-language-server: $schema=https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json
checklist:
  # A trial blocks nothing: with this line the check passes and says "Would block: …".
  # enforcement: evaluate

  # Everything that goes into main is a release. The author cannot dodge that.
  release:
    - base: main

  # Where the items come from. Others: confidence, hotfix, managed-release, seven-steps, zero-rollback.
  extends: default

  # Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.
  # Where none is named, a person signs instead. Not found here:
  #   staging-e2e: { workflow: staging-e2e.yml }   # runs the end-to-end tests against staging
  #   migration-validation: { workflow: migration-validation.yml }   # tries the migrations on a copy of real data
  checks:
    # found in .github/workflows/ci.yaml
    ci: { workflow: ci.yaml }

  # In an emergency: who may open the gate with a reason, and who may set a single item aside.
  may:
    override: ["role:admin"]
    # waive: ["@acme/leads"]

  # Items of the template are changed by their id, others are added.
  items:
    # Green when the newest deployment to the environment is of this commit and succeeded.
    - id: staging
      title: This commit runs on staging
      deployment: { environment: staging }
    # Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:
    # - id: stakeholders
    #   notify: { to: [stakeholders] }
"
`);
    expect(out).toContain("release-checklist doctor acme/shop");
  });

  test("asks GitHub for what a working copy does not tell", async () => {
    const { env, repo, place } = await hosted({ files: { "README.md": "# Shop\n" }, environments: ["uat"] });
    repo.protect("main", { requiredChecks: ["jenkins/build"] });
    const directory = copyOf({ files: { "README.md": "" } }, `http://${place.GHE_HOST}/acme/shop.git`);
    const { code, progress } = await shown(["init", "--dir", directory], { env });
    expect(code).toBe(0);
    expect(progress).toEqual(["Asking GitHub about acme/shop …"]);
    expect(written(directory)).toContain("ci: jenkins/build");
    expect(written(directory)).toContain("There is the environment uat,");
  });

  test("points to the checklist of the organisation", async () => {
    const { env, github } = await hosted(shapeNamed("plain"));
    github.repo("acme/.github", { files: { ".github/release-checklist.yml": "checklist: {}\n" } });
    const { out } = await shown(["init", "acme/shop"], { env });
    expect(out).toContain('# extends: "acme/.github:.github/release-checklist.yml"');
  });

  test("goes on when GitHub cannot be asked, and says so", async () => {
    const { env, place } = await hosted({ files: {} });
    const directory = copyOf(shapeNamed("plain"), `http://${place.GHE_HOST}/acme/nope`);
    const { code, err } = await shown(["init", "--dir", directory], {
      env: { ...env, GITHUB_TOKEN: "wrong" },
    });
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^GitHub was not asked about acme\/nope: .*401/),
    });
  });

  test("with the app's own credentials, and into a directory", async () => {
    const { app, place } = await hosted(shapeNamed("GitFlow"));
    const directory = copyOf({ files: { "README.md": "" } });
    const env = { ...place, APP_ID: String(app.id), PRIVATE_KEY: app.privateKey };
    const { code } = await shown(["init", "acme/shop", "--dir", directory], { env });
    expect(code).toBe(0);
    expect(written(directory)).toContain("deployment: { environment: staging }");
  });

  test("--print and --json write nothing, or tell what was written", async () => {
    const directory = copyOf(shapeNamed("plain"));
    const printed = await shown(["init", "--dir", directory, "--print"]);
    expect(existsSync(join(directory, file))).toBe(false);
    const { out } = await shown(["init", "--dir", directory, "--json"]);
    const told = JSON.parse(out);
    expect(Object.keys(told)).toEqual(["file", "written", "found", "text"]);
    expect(told).toMatchObject({ file, written: true, found: { defaultBranch: "main", tool: null } });
    expect(written(directory)).toBe(told.text);
    expect(printed.out).toBe(told.text.trimEnd());
  });

  describe("never overwrites", () => {
    const changelog = "changelog:\n  exclude: { labels: [skip] }\n";

    test.each([
      ["GitHub's own key", changelog],
      ["no line end at its end", changelog.trimEnd()],
      ["Windows line ends", changelog.replaceAll("\n", "\r\n")],
      ["a byte order mark", `\ufeff${changelog}`],
      ["only a comment", "# later\n"],
      ["nothing", ""],
    ])("a file with %s keeps every byte", async (_, before) => {
      const directory = copyOf(shapeNamed("plain"));
      mkdirSync(join(directory, ".github"), { recursive: true });
      writeFileSync(join(directory, file), before);
      const { code } = await shown(["init", "--dir", directory]);
      expect(code).toBe(0);
      const after = readFileSync(join(directory, file));
      expect(after.subarray(0, Buffer.byteLength(before))).toEqual(Buffer.from(before));
      expect(findingsOf(written(directory))).toEqual({ kind: "valid", findings: [] });
    });

    test.each([
      ["a checklist", "checklist: {}\n", 'release.yml has a "checklist" already, and init never overwrites.'],
      ["a broken checklist", "checklist: { itmes: [] }\n", 'release.yml has a "checklist" already'],
      ["a misspelt checklist", "cheklist: {}\n", 'Unknown key "cheklist" (did you mean "checklist"?)'],
      ["broken YAML", "changelog: [\n", "Repair that first."],
      ["keys in braces", "{ changelog: {} }\n", "is written in a way that nothing can be added to"],
    ])("a file with %s is refused", async (_, before, message) => {
      const directory = copyOf({ files: { [file]: before } });
      const { code, out, err } = await shown(["init", "--dir", directory]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(message);
      expect(written(directory)).toBe(before);
    });

    test("a checklist in the other file, or one that is no UTF-8 text", async () => {
      const other = copyOf({ files: { ".github/release-checklist.yml": "checklist: {}\n" } });
      expect((await shown(["init", "--dir", other])).err).toContain(
        "holds the checklist of this repository already",
      );
      const odd = copyOf({ files: { "a.txt": "" } });
      mkdirSync(join(odd, ".github"));
      writeFileSync(join(odd, file), Buffer.from([0xff, 0xfe, 0x41]));
      expect((await shown(["init", "--dir", odd])).err).toContain("is no UTF-8 text");
    });

    test("but --print shows what would be written", async () => {
      const directory = copyOf({ files: { [file]: "checklist: {}\n" } });
      const { code, out } = await shown(["init", "--dir", directory, "--print"]);
      expect(code).toBe(0);
      expect(findingsOf(out)).toEqual({ kind: "valid", findings: [] });
    });
  });

  test.each([
    ["outside a working copy", ["init", "--dir", "/"], "/ is no working copy"],
    ["a name that is none", ["init", "shop"], '"shop" is no repository'],
    ["without a token", ["init", "acme/shop"], "acme/shop cannot be looked at: set GITHUB_TOKEN"],
  ])("%s ends with 2 and says what would be right", async (_, args, message) => {
    const { code, out, err } = await shown(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
