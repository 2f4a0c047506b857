import { type AnalyseOptions, analyseMigration, unread } from "./analyse.ts";
import { defaultMigrationPaths, migrationFiles } from "./files.ts";
import type { MigrationFindings, Risk, Severity } from "./finding.ts";

/** A file of the release range. */
export interface RangeFile {
  readonly path: string;
  /** The text before the release, or null when there was no such file. */
  readonly before: string | null;
  /** The text with the release, or null when the file is gone. */
  readonly after: string | null;
  /** Why the text could not be had, such as "GitHub gives no text of files over 100 MB". */
  readonly unreadable?: string;
}

export interface RiskOptions extends AnalyseOptions {
  /** Globs of the paths where migrations stand; `defaultMigrationPaths` when not given. */
  readonly paths?: readonly string[];
}

/** What the migrations of a release bring. */
export interface MigrationsRisk {
  /** The worst of all files; `none` when the range has no migration. */
  readonly risk: Risk | "none";
  /** Every migration that the range adds or edits, in the order of their paths. */
  readonly files: readonly MigrationFindings[];
  readonly count: Readonly<Record<Severity, number>>;
  /** Paths of files that undo migrations. They do not run with the release, and are not judged. */
  readonly wayBack: readonly string[];
}

const maxFiles = 200;
const maxCharacters = 5_000_000;
const ranks: readonly (Risk | "none")[] = ["none", "harmless", "risky", "destructive"];

/**
 * Judges what the range adds. A new file counts whole. So does one that was there and is edited: tools run a
 * migration once, and nobody can say which of its two texts a database has seen. A file that goes counts for
 * nothing: taking it away runs no SQL. A migration that is no SQL cannot be judged; it is said, and counts as risky.
 */
export async function migrationsRisk(
  files: readonly RangeFile[],
  { paths = defaultMigrationPaths, ...options }: RiskOptions = {},
): Promise<MigrationsRisk> {
  const kindOf = migrationFiles(paths);
  const judged: MigrationFindings[] = [];
  const wayBack: string[] = [];
  let characters = 0;
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const kind = kindOf(file.path);
    const { path, before, after, unreadable } = file;
    if (kind === null || (unreadable === undefined && (after === null || after === before))) continue;
    if (kind === "way-back") {
      wayBack.push(path);
      continue;
    }
    await options.pause?.();
    characters += after?.length ?? 0;
    if (kind === "code") judged.push(unread(path, "it is no SQL"));
    else if (unreadable !== undefined || after === null)
      judged.push(unread(path, unreadable ?? "it has no text"));
    else if (judged.length >= maxFiles || characters > maxCharacters) {
      judged.push(unread(path, "the release has too many or too big migrations"));
    } else judged.push(await analyseMigration(after, path, options));
  }
  return { ...summary(judged), files: judged, wayBack };
}

/** Whether an item with `when: { migrations: … }` applies: what is destructive is risky too. */
export const migrationsAtLeast = ({ risk }: MigrationsRisk, level: "risky" | "destructive"): boolean =>
  ranks.indexOf(risk) >= ranks.indexOf(level);

function summary(files: readonly MigrationFindings[]): Pick<MigrationsRisk, "risk" | "count"> {
  let worst = 0;
  const count = { destructive: 0, risky: 0, unparsed: 0 };
  for (const file of files) {
    worst = Math.max(worst, ranks.indexOf(file.risk));
    count.destructive += file.count.destructive;
    count.risky += file.count.risky;
    count.unparsed += file.count.unparsed;
  }
  return { risk: ranks[worst] ?? "none", count };
}
