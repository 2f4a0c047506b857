import { matcher } from "../glob.ts";

/** Globs of the paths where migrations stand when the configuration names none. */
export const defaultMigrationPaths: readonly string[] = [
  "**/migrations/**",
  "**/db/migrate/**",
  "**/alembic/versions/**",
  "**/*.sql",
];

/** `sql`: read. `code`: a migration that is not SQL, which nobody here can judge. `way-back`: runs only to undo. */
export type MigrationFileKind = "sql" | "code" | "way-back";

const SQL = /\.(?:sql|psql|pgsql|ddl)(?:\.(?:tmpl|tpl|template|j2|jinja2?|erb|ejs|hbs|liquid|in))?$/i;
const CODE =
  /\.(?:rb|py|[cm]?[jt]sx?|php|java|kts?|groovy|scala|clj|cs|fs|vb|go|rs|exs?|erl|pl|pm|lua|xml|ya?ml)$/i;
/** Tests, typings and the files that only gather others. */
const NO_MIGRATION =
  /(?:^|\/)(?:__init__\.py|index\.[cm]?[jt]s|[^/]*(?:[._-](?:test|spec|snap)\.\w+|\.d\.[cm]?ts))$/i;
/**
 * golang-migrate, sqlx (`1_x.down.sql`), Prisma (`down.sql`), Flyway (`U2__x.sql`), db-migrate (`sqls/1-x-down.sql`),
 * Sqitch (`revert/x.sql`).
 */
const WAY_BACK =
  /(?:^|\/)(?:[^/]*\.(?:down|undo)|down|U\d[\d._]*__[^/]*|sqls\/[^/]*-down|revert\/[^/]*)\.(?:\w+)$/;

/** What a path is, or null when it is no migration. */
export function migrationFiles(paths: readonly string[]): (path: string) => MigrationFileKind | null {
  const inPlace = matcher(paths, "path");
  return (path) => {
    if (!inPlace(path) || NO_MIGRATION.test(path)) return null;
    if (SQL.test(path)) return WAY_BACK.test(path) ? "way-back" : "sql";
    return CODE.test(path) ? "code" : null;
  };
}
