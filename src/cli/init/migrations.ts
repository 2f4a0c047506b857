import { matcher } from "../../domain/glob.ts";

const folder = /^(?:.*\/)?(?:migrations?|migrate|alembic\/versions|db\/changelog)(?=\/)/;

/** What the built-in templates already take for migrations. */
export const knownMigrationPaths: readonly string[] = [
  "**/migrations/**",
  "**/migrate/**",
  "**/alembic/versions/**",
  "**/*.sql",
];
const isKnown = matcher(knownMigrationPaths, "path");

/** Folders that hold database migrations, each once, without those of dependencies. */
export function findMigrations(paths: readonly string[]): {
  readonly folders: readonly string[];
  readonly sql: boolean;
} {
  const found = paths.flatMap((path) => {
    if (/(^|\/)(node_modules|vendor|third_party|docs?)\//.test(path)) return [];
    const [at] = folder.exec(path) ?? [];
    return at === undefined ? [] : [{ path, at }];
  });
  return {
    folders: [...new Set(found.map(({ at }) => at))].sort(),
    sql: found.some(({ path }) => path.endsWith(".sql")),
  };
}

/** Whether a change in this folder is told by the templates' own patterns. */
export const isKnownFolder = (at: string): boolean => isKnown(`${at}/1.txt`);
