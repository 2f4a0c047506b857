import type { Checklist } from "../../domain/config/checklist.ts";
import { type FileExtension, keyOfFile, labelOf } from "../../domain/config/extension.ts";
import type { Finding } from "../../domain/config/finding.ts";
import { filesOf, type Standing, type Unfit } from "../../domain/config/layers.ts";
import { parseConfig } from "../../domain/config/parse.ts";
import { type ReadConfig, readParsed } from "../../domain/config/read.ts";
import type { ConfigSource } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import type { FileMemory } from "./file-memory.ts";
import { NoText, readSource, type SourceFile, type SourcePlace } from "./source.ts";
import { notFound, readable, UnreadableFile } from "./unreadable-file.ts";

export const configPaths: readonly string[] = [".github/release.yml", ".github/release-checklist.yml"];

/** How many commits of a broken file are searched for a valid version. */
const versions = 20;
const versionsAtOnce = 5;
/** How far a file that extends a file that extends a file … is followed, and how many files in all. */
const deepest = 5;
const most = 20;

/** A file as it counts, with what it rests on. */
export type FileReading =
  | { readonly kind: "none" }
  | {
      readonly kind: "valid";
      readonly standing: Standing;
      readonly checklist: Checklist;
      /** Warnings, and errors where it loosens what is locked. */
      readonly findings: readonly Finding[];
      readonly source: ConfigSource;
      /** The files that it extends. */
      readonly also: readonly ConfigSource[];
    }
  | { readonly kind: "broken"; readonly file: string; readonly findings: readonly Finding[] };

type Valid = Extract<FileReading, { kind: "valid" }>;

export interface FilesOptions {
  readonly octokit: Octokit;
  readonly templates: ReadonlyMap<string, string>;
  readonly memory: FileMemory;
  /** The organisation's file, whose locks hold for the files that are read; not for those that they extend. */
  readonly organisation?: () => Promise<Standing | null>;
  /** A file that cannot be read is a mistake of those that extend it: for texts that decide nothing yet. */
  readonly tolerant?: boolean;
}

/** Reads files of configurations with everything that they extend. */
export interface Files {
  /**
   * The file as it stands; where that is broken, its newest valid version among the last ones.
   *
   * @param blob Its SHA, where it is known already.
   */
  read(place: SourcePlace, blob?: string): Promise<FileReading>;
  /** What a text at this place would mean. */
  interpret(text: string, file: string): Promise<ReadConfig>;
  /** Every file that was asked for so far, as {@link keyOfFile} tells it. */
  readonly asked: ReadonlySet<string>;
}

interface Extending {
  /** The files that led here. */
  readonly chain: readonly string[];
  /** Takes the files that are extended. */
  readonly also: ConfigSource[];
  /** How many files one version may still follow. */
  readonly budget: { left: number };
}

export function createFiles(options: FilesOptions): Files {
  const { octokit, templates, memory, organisation } = options;
  const asked = new Set<string>();

  const meaningOf = async (text: string, file: string, within: Extending): Promise<ReadConfig> => {
    const parsed = parseConfig(text, file);
    if (parsed.kind !== "parsed") return parsed;
    const extended = await Promise.all(
      filesOf(parsed.raw).map(
        async (extension) => [keyOfFile(extension), await extendOrTell(extension, file, within)] as const,
      ),
    );
    return readParsed(parsed, templates, {
      extended: new Map(extended),
      organisation: within.chain.length > 1 ? null : ((await organisation?.()) ?? null),
    });
  };

  const extendOrTell: typeof extend = (extension, by, within) =>
    extend(extension, by, within).catch((error: unknown): Unfit => {
      if (options.tolerant !== true || !(error instanceof UnreadableFile)) throw error;
      return { why: `${error.problem.what} cannot be read: ${error.problem.why}`, findings: [] };
    });

  const extend = async (
    extension: FileExtension,
    by: string,
    { chain, also, budget }: Extending,
  ): Promise<Standing | Unfit> => {
    const [key, label] = [keyOfFile(extension), labelOf(extension)];
    const unfit = (why: string, findings: readonly Finding[] = []): Unfit => ({
      why: `"${label}" ${why}`,
      findings,
    });
    asked.add(key);
    if (chain.includes(key))
      return unfit("leads back to this file: files cannot extend each other in a circle");
    if (chain.length > deepest)
      return unfit(`goes too deep: at most ${deepest} files may extend one another`);
    budget.left -= 1;
    if (budget.left < 0) return unfit(`is one file too many: at most ${most} may be extended in all`);
    const { owner, repo, path } = extension;
    const place = { repo: { owner, repo }, path, ref: null, label };
    const reading = await readable(label, by, `${owner}/${repo}`, () =>
      readWithin(place, [...chain, key], budget),
    );
    if (reading === null) return unfit('has no key "checklist": there is nothing to extend');
    if (reading.kind === "valid") {
      also.push(reading.source, ...reading.also);
      return reading.standing;
    }
    const [first] = reading.findings;
    return unfit(`is broken, in line ${first?.line ?? 1}, and has no valid version`, reading.findings);
  };

  /** Null where there is no file. */
  const current = async (place: SourcePlace, blob?: string): Promise<SourceFile | null> => {
    const known = blob === undefined ? undefined : memory.texts.get(blobKey(place, blob));
    if (known !== undefined) return known;
    const source = await readSource(octokit, place);
    if (source !== null && blob !== undefined) memory.texts.set(blobKey(place, source.blob), source);
    return source;
  };

  const meaningAt = async (
    place: SourcePlace,
    chain: readonly string[],
    blob?: string,
    budget: { left: number } = { left: most },
  ): Promise<{
    readonly meaning: ReadConfig;
    readonly blob: string;
    readonly also: readonly ConfigSource[];
  } | null> => {
    const also: ConfigSource[] = [];
    try {
      const source = await current(place, blob);
      if (source === null) return null;
      return {
        meaning: await meaningOf(source.text, source.file, { chain, also, budget }),
        blob: source.blob,
        also,
      };
    } catch (error) {
      if (!(error instanceof NoText)) throw error;
      const message = `${error.message}: a file of at most 64 KiB was expected`;
      const finding: Finding = { severity: "error", file: place.label, line: 1, column: 1, key: "", message };
      return { meaning: { kind: "broken", findings: [finding] }, blob: "", also };
    }
  };

  /** Null where there is no such file. */
  const readAt = async (
    place: SourcePlace,
    chain: readonly string[],
    blob?: string,
    budget?: { left: number },
  ): Promise<FileReading | null> => {
    const now = await meaningAt(place, chain, blob, budget);
    if (now === null) return null;
    const { meaning, also } = now;
    if (meaning.kind === "none") return { kind: "none" };
    const file = place.label;
    if (meaning.kind === "valid") {
      const commit = await commitOf(place, now.blob);
      return { ...meaning, source: { file, commit, findings: [] }, also };
    }
    const { findings } = meaning;
    const older = await newestValid(place, chain, findings, budget);
    return older ?? { kind: "broken", file, findings };
  };

  const readWithin = async (place: SourcePlace, chain: readonly string[], budget: { left: number }) => {
    const reading = await readAt(place, chain, undefined, budget);
    if (reading === null) throw new UnreadableFile({ what: place.label, why: notFound });
    return reading.kind === "none" ? null : reading;
  };

  const listCommits = async ({ repo, path, ref }: SourcePlace, count: number): Promise<string[]> => {
    const { data } = await octokit.rest.repos.listCommits({
      ...repo,
      path,
      ...(ref ? { sha: ref } : {}),
      per_page: count,
    });
    return data.map(({ sha }) => sha);
  };

  /** The newest commit that touched the file. The same blob may have come by an older one too: the text is the same. */
  const commitOf = async (place: SourcePlace, blob: string): Promise<string> => {
    const key = blobKey(place, blob);
    const known = memory.commits.get(key);
    if (known) return known;
    const [commit = ""] = await listCommits(place, 1);
    if (commit) memory.commits.set(key, commit);
    return commit;
  };

  const newestValid = async (
    place: SourcePlace,
    chain: readonly string[],
    findings: readonly Finding[],
    budget?: { left: number },
  ): Promise<Valid | null> => {
    const commits = await listCommits(place, versions);
    for (let start = 0; start < commits.length; start += versionsAtOnce) {
      const batch = commits.slice(start, start + versionsAtOnce);
      const read = await Promise.all(
        batch.map((ref) =>
          meaningAt({ ...place, ref }, chain, undefined, budget).catch((error: unknown) => ({ error })),
        ),
      );
      for (const [index, version] of read.entries()) {
        const commit = batch[index];
        // An older one may extend what is gone: that matters only where no newer one is valid.
        if (version !== null && "error" in version) throw version.error;
        if (version?.meaning.kind !== "valid" || !commit) continue;
        return { ...version.meaning, source: { file: place.label, commit, findings }, also: version.also };
      }
    }
    return null;
  };

  return {
    asked,
    read: async (place, blob) => {
      const chain = [keyOfFile({ ...place.repo, path: place.path })];
      return (await readAt(place, chain, blob)) ?? { kind: "none" };
    },
    interpret: (text, file) => meaningOf(text, file, { chain: [file], also: [], budget: { left: most } }),
  };
}

const blobKey = ({ repo, path }: SourcePlace, blob: string): string =>
  `${repo.owner}/${repo.repo}:${path}@${blob}`;
