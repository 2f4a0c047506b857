import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A repository as people have them. */
export interface RepositoryShape {
  readonly files: Readonly<Record<string, string>>;
  readonly branches?: readonly string[];
  readonly defaultBranch?: string;
  readonly environments?: readonly string[];
}

const ci = `name: CI
on:
  push: { branches: [main] }
  pull_request:
jobs:
  test:
    runs-on: ubuntu-latest
    steps: [{ run: npm test }]
`;

/** Five shapes that many repositories have. */
export const shapes: Readonly<Record<string, RepositoryShape>> = {
  plain: {
    files: { "README.md": "# Shop\n", ".github/workflows/test.yml": ci.replace("name: CI", "name: Tests") },
  },
  "release-please": {
    files: {
      "release-please-config.json": "{}",
      "CHANGELOG.md": "",
      ".github/workflows/ci.yml": ci,
      ".github/workflows/release-please.yml":
        "on: { push: { branches: [main] } }\njobs:\n  release-please:\n    steps: [{ uses: googleapis/release-please-action@v4 }]\n",
      ".github/workflows/e2e.yml":
        "name: End-to-end\non: deployment_status\njobs:\n  cypress: { steps: [{ run: npm run e2e }] }\n",
    },
  },
  changesets: {
    files: {
      ".changeset/config.json": "{}",
      "packages/a/package.json": "{}",
      ".github/workflows/ci.yml": `on: pull_request
jobs:
  unit:
    strategy: { matrix: { node: [22, 24] } }
    steps: [{ run: npm test }]
  playwright:
    name: "Playwright (\${{ matrix.browser }})"
    strategy: { matrix: { browser: [firefox, webkit] } }
    steps: [{ run: npm run e2e }]
`,
      ".github/release.yml": "changelog:\n  categories:\n    - title: Features\n      labels: [feature]",
    },
  },
  "monorepo with migrations": {
    files: {
      "services/billing/migrations/001_init.sql": "create table invoices ();",
      "services/billing/migrations/002_drop.sql": "drop table old;",
      "services/users/db/changelog/1.xml": "<databaseChangeLog/>",
      "node_modules/x/migrations/1.sql": "",
      CODEOWNERS: "* @acme/platform @alice @other/team\n/services/billing @acme/billing\n",
      ".github/workflows/build.yml":
        "on: [push]\njobs:\n  migrations:\n    name: Try the migrations\n    steps: [{ run: make }]\n  'yes': {}\n",
    },
    branches: ["production"],
  },
  GitFlow: {
    files: {
      ".github/workflows/ci.yaml": ci,
      ".github/workflows/deploy.yml": `name: Deploy
on: { push: { branches: [develop, "release/**", main] } }
jobs:
  staging: { environment: staging, steps: [{ run: ./deploy staging }] }
  production: { environment: { name: production }, steps: [{ run: ./deploy production }] }
`,
    },
    branches: ["develop", "release/1.4"],
    defaultBranch: "develop",
    environments: ["staging", "production"],
  },
};

const git = (directory: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: directory,
    stdio: "pipe",
  });

/** A working copy of such a repository. */
export function workingCopy(shape: RepositoryShape, remote?: string): string {
  const directory = mkdtempSync(join(tmpdir(), "init-"));
  git(directory, "init", "-q", "-b", "main");
  for (const [path, text] of Object.entries(shape.files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  git(directory, "add", "-f", ".");
  git(directory, "commit", "-q", "-m", "Begin");
  for (const branch of shape.branches ?? []) git(directory, "branch", branch);
  if (remote !== undefined) {
    git(directory, "remote", "add", "origin", remote);
    git(directory, "update-ref", `refs/remotes/origin/${shape.defaultBranch ?? "main"}`, "HEAD");
    git(
      directory,
      "symbolic-ref",
      "refs/remotes/origin/HEAD",
      `refs/remotes/origin/${shape.defaultBranch ?? "main"}`,
    );
  }
  return directory;
}
