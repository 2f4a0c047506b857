import { defaultMigrationPaths, migrationFiles } from "../../domain/migrations/files.ts";
import { type MigrationsRisk, migrationsRisk, type RangeFile } from "../../domain/migrations/risk.ts";
import type { Read } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { NoText, readSource } from "./source.ts";

/** More of them are said and counted as risky, but not fetched. */
const most = 200;

/** Reads the migrations among these paths as they stand at a commit, and judges them. */
export const readMigrations = (
  octokit: Octokit,
  repo: RepoName,
  sha: string,
  paths: readonly string[],
): Promise<Read<MigrationsRisk>> =>
  attempt("the migrations of the release", async () => {
    const kindOf = migrationFiles(defaultMigrationPaths);
    const wanted = paths.filter((path) => kindOf(path) !== null);
    const files = await Promise.all(
      wanted.map((path, index) =>
        index < most
          ? readFile(octokit, repo, sha, path)
          : { path, before: null, after: null, unreadable: "the release has too many migrations" },
      ),
    );
    return migrationsRisk(files, { pause: () => new Promise((resolve) => setImmediate(resolve)) });
  });

async function readFile(octokit: Octokit, repo: RepoName, ref: string, path: string): Promise<RangeFile> {
  try {
    const source = await readSource(octokit, { repo, path, ref, label: path });
    // One that is not there any more was deleted or renamed by the release.
    return { path, before: null, after: source?.text ?? null };
  } catch (error) {
    if (error instanceof NoText) return { path, before: null, after: null, unreadable: error.message };
    throw error;
  }
}
