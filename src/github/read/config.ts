import type { Checklist } from "../../domain/config/checklist.ts";
import type { Finding } from "../../domain/config/finding.ts";
import type { ReadConfig } from "../../domain/config/read.ts";
import type { ConfigState, Repo } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import { createMemo, type Memo } from "./memo.ts";
import { NoText, readSource, type SourceFile, type SourcePlace } from "./source.ts";

/** Tells what a file means; asynchronous, because a file may extend one of another repository. */
export type Interpret = (source: SourceFile) => ReadConfig | Promise<ReadConfig>;

/** By path and blob: the commit that brought a file. */
export type CommitOfFile = Memo<string>;
export const createCommitOfFile = (): CommitOfFile => createMemo(2_000);

export const configPaths: readonly string[] = [".github/release.yml", ".github/release-checklist.yml"];

/** How many commits of a broken file are searched for a valid version. */
const versions = 20;
const versionsAtOnce = 5;

/**
 * The configuration as it stands on the default branch, so that neither a head nor the choice of a base can loosen
 * it; else the one in the owner's `.github` repository. A source that GitHub refuses to show is not absent.
 */
export const readConfig = async (
  octokit: Octokit,
  repo: Pick<Repo, "owner" | "name" | "defaultBranch">,
  interpret: Interpret,
  commits: CommitOfFile = createCommitOfFile(),
): Promise<ConfigState> => {
  const reading = await attempt("the configuration of the release checklist", () =>
    firstConfigured(octokit, placesOf(repo), interpret, commits),
  );
  return reading.ok ? reading.value : { kind: "unreadable", problem: reading.problem };
};

const placesOf = ({
  owner,
  name,
  defaultBranch,
}: Pick<Repo, "owner" | "name" | "defaultBranch">): SourcePlace[] => {
  const own = configPaths.map((path) => ({
    repo: { owner, repo: name },
    path,
    ref: defaultBranch,
    label: path,
  }));
  return name === ".github" ? own : [...own, ...sharedPlacesOf(owner)];
};

const sharedPlacesOf = (owner: string): SourcePlace[] =>
  configPaths.map((path) => ({
    repo: { owner, repo: ".github" },
    path,
    ref: null,
    label: `${owner}/.github:${path}`,
  }));

/** What the owner's `.github` repository says to those without a configuration of their own. */
export const readSharedConfig = async (
  octokit: Octokit,
  owner: string,
  interpret: Interpret,
): Promise<ConfigState> => {
  const reading = await attempt("the owner's configuration of the release checklist", () =>
    firstConfigured(octokit, sharedPlacesOf(owner), interpret, createCommitOfFile()),
  );
  return reading.ok ? reading.value : { kind: "unreadable", problem: reading.problem };
};

/** The first place alone, since it usually decides; the others side by side. */
const firstConfigured = async (
  octokit: Octokit,
  [first, ...others]: readonly SourcePlace[],
  interpret: Interpret,
  commits: CommitOfFile,
): Promise<ConfigState> => {
  if (!first) return { kind: "none" };
  const decided = await stateOf(octokit, first, interpret, commits);
  if (decided.kind !== "none") return decided;
  const states = await Promise.all(others.map((place) => stateOf(octokit, place, interpret, commits)));
  return states.find(({ kind }) => kind !== "none") ?? { kind: "none" };
};

const stateOf = async (
  octokit: Octokit,
  place: SourcePlace,
  interpret: Interpret,
  commits: CommitOfFile,
): Promise<ConfigState> => {
  const now = await meaningAt(octokit, place, interpret);
  if (now.meaning.kind === "none") return { kind: "none" };
  const file = place.label;
  if (now.meaning.kind === "valid") {
    const commit = await commitOf(octokit, place, now.blob, commits);
    return { kind: "valid", checklist: now.meaning.checklist, commit, file };
  }
  const { findings } = now.meaning;
  const older = await newestValid(octokit, place, interpret);
  return older ? { kind: "outdated", ...older, file, findings } : { kind: "broken", file, findings };
};

const meaningAt = async (
  octokit: Octokit,
  place: SourcePlace,
  interpret: Interpret,
): Promise<{ meaning: ReadConfig; blob: string }> => {
  try {
    const source = await readSource(octokit, place);
    return source
      ? { meaning: await interpret(source), blob: source.blob }
      : { meaning: { kind: "none", findings: [] }, blob: "" };
  } catch (error) {
    if (!(error instanceof NoText)) throw error;
    const message = `${error.message}: a file of at most 64 KiB was expected`;
    const finding: Finding = { severity: "error", file: place.label, line: 1, column: 1, key: "", message };
    return { meaning: { kind: "broken", findings: [finding] }, blob: "" };
  }
};

const listCommits = async (octokit: Octokit, place: SourcePlace, count: number): Promise<string[]> => {
  const { owner, repo } = place.repo;
  const { data } = await octokit.rest.repos.listCommits({
    owner,
    repo,
    path: place.path,
    ...(place.ref ? { sha: place.ref } : {}),
    per_page: count,
  });
  return data.map(({ sha }) => sha);
};

/** The newest commit that touched the file. The same blob may have come by an older one too: the text is the same. */
const commitOf = async (
  octokit: Octokit,
  place: SourcePlace,
  blob: string,
  memo: CommitOfFile,
): Promise<string> => {
  const key = `${place.repo.owner}/${place.repo.repo}:${place.path}@${blob}`;
  const known = memo.get(key);
  if (known) return known;
  const [commit = ""] = await listCommits(octokit, place, 1);
  if (commit) memo.set(key, commit);
  return commit;
};

const newestValid = async (
  octokit: Octokit,
  place: SourcePlace,
  interpret: Interpret,
): Promise<{ checklist: Checklist; commit: string } | null> => {
  const commits = await listCommits(octokit, place, versions);
  for (let start = 0; start < commits.length; start += versionsAtOnce) {
    const batch = commits.slice(start, start + versionsAtOnce);
    const read = await Promise.all(batch.map((ref) => meaningAt(octokit, { ...place, ref }, interpret)));
    for (const [index, { meaning }] of read.entries()) {
      const commit = batch[index];
      if (meaning.kind === "valid" && commit) return { checklist: meaning.checklist, commit };
    }
  }
  return null;
};

/** Whether a push or a pull request touches a file that may hold the configuration. */
export const isConfigPath = (path: string): boolean => configPaths.includes(path);
