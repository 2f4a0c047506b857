import type { Octokit } from "../client.ts";
import { orAbsent } from "../errors.ts";
import { configPaths, type FileReading, type Files } from "./files-of-config.ts";

/** An owner keeps what holds for all of its repositories in this one. */
export const sharedRepo = ".github";

/**
 * The configuration in the owner's `.github` repository. One request tells whether there is one, and whether it has
 * changed: most owners have none, and those that have one change it seldom.
 */
export async function readOrganisation(octokit: Octokit, owner: string, files: Files): Promise<FileReading> {
  const repo = { owner, repo: sharedRepo };
  const listed = await orAbsent(() => octokit.rest.repos.getContent({ ...repo, path: ".github" }));
  const entries = listed !== null && Array.isArray(listed.data) ? listed.data : [];
  for (const path of configPaths) {
    const entry = entries.find((candidate) => candidate.path === path);
    if (entry === undefined) continue;
    const place = { repo, path, ref: null, label: `${owner}/${sharedRepo}:${path}` };
    const reading = await files.read(place, entry.sha);
    if (reading.kind !== "none") return reading;
  }
  return { kind: "none" };
}
