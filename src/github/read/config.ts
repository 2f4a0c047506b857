import type { Standing } from "../../domain/config/layers.ts";
import { lockedAlone } from "../../domain/config/read.ts";
import type { Problem } from "../../domain/problem.ts";
import type { ConfigState, Repo } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import { createFileMemory, type FileMemory } from "./file-memory.ts";
import { configPaths, createFiles, type FileReading, type Files } from "./files-of-config.ts";
import { readOrganisation, sharedRepo } from "./organisation.ts";
import type { SourcePlace } from "./source.ts";
import { UnreadableFile } from "./unreadable-file.ts";

export interface ConfigOptions {
  readonly templates: ReadonlyMap<string, string>;
  readonly memory?: FileMemory;
  /** The owner's configuration, where somebody has read it for another repository. */
  readonly organisation?: () => Promise<OrganisationReading>;
}

/** The owner's configuration, or why it cannot be read, and the files that were asked for. */
export type OrganisationReading = {
  readonly files: ReadonlySet<string>;
} & (
  | { readonly ok: true; readonly reading: FileReading }
  | { readonly ok: false; readonly problem: Problem }
);

export interface ConfigReading {
  readonly state: ConfigState;
  /** Every file that was asked for, found or not, as `owner/repo:path` with the names in lower case. */
  readonly files: ReadonlySet<string>;
}

type RepoPlace = Pick<Repo, "owner" | "name" | "defaultBranch">;

/**
 * The configuration as it stands on the default branch, so that neither a head nor the choice of a base can loosen
 * it, with what the owner's `.github` repository locks; where there is none, the one of the `.github` repository.
 * A source that GitHub refuses to show is not absent.
 */
export async function readConfig(
  octokit: Octokit,
  repo: RepoPlace,
  options: ConfigOptions,
): Promise<ConfigReading> {
  const memory = options.memory ?? createFileMemory();
  const isShared = repo.name.toLowerCase() === sharedRepo;
  const organisation = isShared
    ? Promise.resolve(none)
    : (options.organisation?.() ?? readOrganisationOf(octokit, repo.owner, { ...options, memory }));
  // It is awaited below, but the file may fail before.
  organisation.catch(() => {});
  const standing = async () => standingOf(await organisation);
  const files = createFiles({ octokit, templates: options.templates, memory, organisation: standing });
  const own = await readable("the configuration of the release checklist", () =>
    firstConfigured(placesOf(repo), files),
  );
  const shared = await organisation;
  return {
    state: own.ok ? stateOf(own.value, shared) : { kind: "unreadable", problem: own.problem },
    files: new Set([...files.asked, ...shared.files]),
  };
}

/** The configuration in the owner's `.github` repository. Throws what passes, as {@link attempt} does. */
export async function readOrganisationOf(
  octokit: Octokit,
  owner: string,
  { templates, memory = createFileMemory() }: Pick<ConfigOptions, "templates" | "memory">,
): Promise<OrganisationReading> {
  const files = createFiles({ octokit, templates, memory });
  const read = await readable(`the organisation's configuration (${owner}/${sharedRepo})`, () =>
    readOrganisation(octokit, owner, files),
  );
  return read.ok
    ? { ok: true, reading: read.value, files: files.asked }
    : { ok: false, problem: read.problem, files: files.asked };
}

/** What its locks hang on; null: it locks nothing that can be told. */
export const standingOf = (shared: OrganisationReading): Standing | null =>
  shared.ok && shared.reading.kind === "valid" ? shared.reading.standing : null;

const none: OrganisationReading = { ok: true, reading: { kind: "none" }, files: new Set() };

const readable: typeof attempt = (what, reading) =>
  attempt(what, reading).catch((error: unknown) => {
    if (error instanceof UnreadableFile) return { ok: false, problem: error.problem };
    throw error;
  });

const placesOf = ({ owner, name, defaultBranch }: RepoPlace): SourcePlace[] =>
  configPaths.map((path) => ({ repo: { owner, repo: name }, path, ref: defaultBranch, label: path }));

async function firstConfigured(places: readonly SourcePlace[], files: Files): Promise<FileReading> {
  for (const place of places) {
    const reading = await files.read(place);
    if (reading.kind !== "none") return reading;
  }
  return { kind: "none" };
}

/** The owner's configuration for a repository that has none of its own. */
export const sharedState = (shared: OrganisationReading): ConfigState => stateOf({ kind: "none" }, shared);

/** Puts together what the repository and its owner say. */
function stateOf(own: FileReading, shared: OrganisationReading): ConfigState {
  if (!shared.ok) return { kind: "unreadable", problem: shared.problem };
  const { reading } = shared;
  if (own.kind === "none") return reading.kind === "valid" ? validState(reading) : reading;
  if (own.kind === "broken") {
    const locked = reading.kind === "valid" ? lockedAlone(reading.standing) : null;
    return locked === null ? own : { ...own, locked };
  }
  // What it would lock, nobody knows.
  if (reading.kind === "broken") return { ...reading, release: own.checklist.release };
  return validState(own, reading.kind === "valid" && reading.standing.locks.length > 0 ? reading : null);
}

type Valid = Extract<FileReading, { kind: "valid" }>;

function validState(
  { checklist, source, also, findings }: Valid,
  organisation: Valid | null = null,
): ConfigState {
  const { file, commit } = source;
  const all = [...also, ...(organisation === null ? [] : [organisation.source, ...organisation.also])];
  const others = all.filter((one, index) => all.findIndex((other) => other.file === one.file) === index);
  const rest = others.length === 0 ? {} : { also: others };
  if (source.findings.length > 0)
    return { kind: "outdated", checklist, commit, file, findings: source.findings, ...rest };
  const loosened = findings.filter(({ severity }) => severity === "error");
  return { kind: "valid", checklist, commit, file, ...rest, ...(loosened.length === 0 ? {} : { loosened }) };
}

export { configPaths } from "./files-of-config.ts";

/** Whether a push or a pull request touches a file that may hold the configuration. */
export const isConfigPath = (path: string): boolean => configPaths.includes(path);
