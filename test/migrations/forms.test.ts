import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { analyseMigration } from "../../src/domain/migrations/analyse.ts";
import { type Form, type Setting, spellings } from "./spellings.ts";

const everywhere: readonly Setting[] = ["plain", "transaction", "do", "execute", "function", "sql-function"];
const outside: readonly Setting[] = ["plain"];
const fifty = { numRuns: 50, seed: 20_260_101 };

const destructive: readonly Form[] = [
  "DROP TABLE <t:users>",
  "DROP TABLE IF EXISTS <t:orders> , <t:users> CASCADE",
  "DROP SCHEMA <billing> CASCADE",
  "DROP SEQUENCE <t:invoice_numbers>",
  "DROP TYPE <mood> CASCADE",
  "DROP OWNED BY <app>",
  "ALTER TABLE <t:users> ^DROP COLUMN <legacy>",
  "ALTER TABLE IF EXISTS ONLY <t:users> ^DROP <legacy> CASCADE",
  "ALTER TABLE <t:users> ADD COLUMN <note> text , ^DROP COLUMN IF EXISTS <legacy>",
  "ALTER TYPE <address> ^DROP ATTRIBUTE <street>",
  "TRUNCATE <t:users>",
  "TRUNCATE TABLE ONLY <t:users> , <t:orders> RESTART IDENTITY",
  "DELETE FROM <t:users>",
  "DELETE FROM <t:users> WHERE TRUE",
  "DELETE FROM <t:users> USING <t:orders> WHERE 1 = 1",
  "UPDATE <t:users> SET <state> = 'x'",
  "WITH <gone> AS ( DELETE FROM <t:users> RETURNING * ) INSERT INTO <t:orders> SELECT * FROM <gone>",
  "MERGE INTO <t:users> USING <t:orders> ON <id> = <order_id> WHEN NOT MATCHED BY SOURCE THEN DELETE",
  "ALTER TABLE <t:users> ^ALTER COLUMN <code> TYPE varchar( 10 )",
  "ALTER TABLE <t:users> ^ALTER <amount> SET DATA TYPE integer",
  "ALTER TABLE <t:users> ^ALTER COLUMN <paid_at> TYPE date",
  "ALTER TABLE <t:users> ^ALTER COLUMN <amount> TYPE numeric( 8 , 2 )",
  "ALTER TABLE <t:users> ^ALTER COLUMN <code> TYPE text USING left( <code> , 3 )",
  "ALTER TABLE <t:users> ^ALTER COLUMN <code> TYPE bigint USING 0",
];

const risky: readonly Form[] = [
  "ALTER TABLE <t:users> RENAME TO <people>",
  "ALTER TABLE <t:users> RENAME COLUMN <name> TO <full_name>",
  "ALTER TABLE <t:users> RENAME <name> TO <full_name>",
  "ALTER VIEW <t:active_users> RENAME TO <people>",
  "ALTER TYPE <mood> RENAME VALUE 'sad' TO 'blue'",
  "ALTER SCHEMA <billing> RENAME TO <money>",
  "ALTER TABLE <t:users> SET SCHEMA <archive>",
  "ALTER TABLE <t:users> ^ALTER COLUMN <id> TYPE bigint",
  "ALTER TABLE <t:users> ^ALTER COLUMN <body> SET DATA TYPE jsonb USING <body> ::jsonb",
  "ALTER TABLE <t:users> ^ALTER COLUMN <email> SET NOT NULL",
  "ALTER TABLE <t:users> ^ALTER <email> DROP DEFAULT",
  "ALTER TABLE <t:users> ^ADD COLUMN <state> text NOT NULL",
  "ALTER TABLE <t:users> ^ADD <state> text NOT NULL DEFAULT NULL",
  "ALTER TABLE <t:users> ^ADD COLUMN <token> uuid DEFAULT gen_random_uuid()",
  "ALTER TABLE <t:users> ^ADD COLUMN <token> float8 NOT NULL DEFAULT random()",
  "ALTER TABLE <t:users> ^ADD COLUMN <seen> timestamptz DEFAULT clock_timestamp()",
  "ALTER TABLE <t:users> ^ADD COLUMN <number> bigserial",
  "ALTER TABLE <t:users> ^ADD COLUMN <number> bigint GENERATED ALWAYS AS IDENTITY",
  "ALTER TABLE <t:users> ^ADD COLUMN <total> int GENERATED ALWAYS AS ( 1 + 1 ) STORED",
  "ALTER TABLE <t:users> ^ADD COLUMN <slug> text UNIQUE",
  "ALTER TABLE <t:users> ^ADD COLUMN <age> int CHECK ( <age> > 0 )",
  "CREATE INDEX <by_email> ON <t:users> ( <email> )",
  "CREATE UNIQUE INDEX ON <t:users> USING btree ( lower( <email> ) )",
  "DROP INDEX <t:by_email>",
  "ALTER TABLE <t:users> ^ADD CONSTRAINT <fk_team> FOREIGN KEY ( <team> ) REFERENCES <t:teams> ( <id> )",
  "ALTER TABLE <t:users> ^ADD CHECK ( <age> > 0 )",
  "ALTER TABLE <t:users> ^ADD CONSTRAINT <users_email_key> UNIQUE ( <email> )",
  "ALTER TABLE <t:users> ^ADD PRIMARY KEY ( <id> )",
  "ALTER TABLE <t:users> ^ADD EXCLUDE USING gist ( <room> WITH = )",
  "ALTER TABLE <t:users> ^DROP CONSTRAINT <users_pkey>",
  "ALTER TABLE <t:users> ^SET UNLOGGED",
  "ALTER TABLE <t:users> ^SET TABLESPACE <fast>",
  "ALTER TABLE <t:users> ^DISABLE TRIGGER ALL",
  "ALTER TABLE <t:users> ^ENABLE ROW LEVEL SECURITY",
  "ALTER TABLE <t:events> ^ATTACH PARTITION <t:old_events> DEFAULT",
  "ALTER TABLE <t:events> ^DETACH PARTITION <t:old_events>",
  "ALTER SEQUENCE <t:numbers> RESTART WITH 1",
  "ALTER DOMAIN <email> ADD CHECK ( VALUE <> '' )",
  "DROP VIEW <t:active_users>",
  "DROP MATERIALIZED VIEW IF EXISTS <t:totals> CASCADE",
  "DROP FUNCTION <t:tally> ( int )",
  "DROP TRIGGER <touch> ON <t:users>",
  "DROP EXTENSION <hstore>",
  "DROP ROLE <app>",
  "LOCK TABLE <t:users> IN EXCLUSIVE MODE",
  "REFRESH MATERIALIZED VIEW <t:totals>",
  "REINDEX TABLE <t:users>",
  "CLUSTER <t:users> USING <by_email>",
  "DELETE FROM <t:users> WHERE <id> = 7",
  "REVOKE SELECT ON <t:users> FROM <app>",
  "CREATE POLICY <only_own> ON <t:users> AS RESTRICTIVE USING ( TRUE )",
  "CREATE RULE <keep> AS ON DELETE TO <t:users> DO INSTEAD NOTHING",
  "SET session_replication_role = replica",
  "SELECT repair_users()",
  "CALL archive.repair_users()",
];

const riskyOutside: readonly Form[] = [
  "VACUUM FULL <t:users>",
  "VACUUM ( FULL , VERBOSE ) <t:users>",
  "ALTER SYSTEM SET work_mem = '1GB'",
];
const destructiveOutside: readonly Form[] = ["DROP DATABASE <shop>"];

const harmless: readonly Form[] = [
  "ALTER TABLE <t:users> ADD COLUMN <note> text",
  "ALTER TABLE <t:users> ADD COLUMN <note> text NOT NULL DEFAULT ''",
  "ALTER TABLE <t:users> ADD COLUMN <seen> timestamptz NOT NULL DEFAULT now()",
  "ALTER TABLE <t:users> ADD COLUMN <seen> timestamptz DEFAULT CURRENT_TIMESTAMP",
  "ALTER TABLE <t:users> ADD COLUMN <team> bigint REFERENCES <t:teams> ( <id> )",
  "ALTER TABLE <t:users> ALTER COLUMN <email> DROP NOT NULL",
  "ALTER TABLE <t:users> ALTER COLUMN <state> SET DEFAULT 'x'",
  "ALTER TABLE <t:users> ADD CONSTRAINT <fk_team> FOREIGN KEY ( <team> ) REFERENCES <t:teams> NOT VALID",
  "ALTER TABLE <t:users> VALIDATE CONSTRAINT <fk_team>",
  "ALTER TABLE <t:users> ADD CONSTRAINT <users_email_key> UNIQUE USING INDEX <by_email>",
  "ALTER TABLE <t:users> DROP CONSTRAINT <users_age_check>",
  "ALTER TABLE <t:users> SET ( fillfactor = 70 )",
  "ALTER TABLE <t:users> RENAME CONSTRAINT <a> TO <b>",
  "ALTER INDEX <t:by_email> RENAME TO <by_mail>",
  "ALTER TYPE <mood> ADD VALUE 'glad'",
  "CREATE TABLE <t:teams> ( <id> bigserial PRIMARY KEY , <name> text NOT NULL UNIQUE )",
  "CREATE TABLE <t:events_2026> PARTITION OF <t:events> FOR VALUES IN ( 1 )",
  "CREATE VIEW <t:active_users> AS SELECT * FROM <t:users>",
  "CREATE INDEX ON ONLY <t:users> ( <email> )",
  "UPDATE <t:users> SET <state> = 'x' WHERE <state> IS NULL",
  "GRANT SELECT ON <t:users> TO <app>",
  "SELECT setval( 'numbers' , 10 )",
];
const harmlessOutside: readonly Form[] = [
  "CREATE INDEX CONCURRENTLY <by_email> ON <t:users> ( <email> )",
  "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS <by_email> ON <t:users> ( <email> )",
  "DROP INDEX CONCURRENTLY IF EXISTS <t:by_email>",
  "REINDEX INDEX CONCURRENTLY <t:by_email>",
  "REFRESH MATERIALIZED VIEW CONCURRENTLY <t:totals>",
  "VACUUM ( ANALYZE ) <t:users>",
  "CREATE OR REPLACE FUNCTION <wipe>() RETURNS void LANGUAGE sql AS $$ DELETE FROM users $$",
];

const cases = (forms: readonly Form[], where: readonly Setting[]) => forms.map((form) => ({ form, where }));

describe("every form is found in fifty spellings, on its line", () => {
  test.each([...cases(destructive, everywhere), ...cases(destructiveOutside, outside)])(
    "destructive: $form",
    async ({ form, where }) => found(form, where, "destructive"),
  );
  test.each([...cases(risky, everywhere), ...cases(riskyOutside, outside)])(
    "risky: $form",
    async ({ form, where }) => found(form, where, "risky"),
  );
});

describe("what is harmless is left alone in fifty spellings", () => {
  test.each([...cases(harmless, everywhere), ...cases(harmlessOutside, outside)])(
    "$form",
    async ({ form, where }) => {
      await fc.assert(
        fc.asyncProperty(spellings(form, where), async ({ sql }) => {
          expect((await analyseMigration(sql, "a.sql")).findings).toEqual([]);
        }),
        fifty,
      );
    },
  );
});

async function found(
  form: Form,
  where: readonly Setting[],
  severity: "destructive" | "risky",
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(spellings(form, where), async ({ sql, line }) => {
      const { risk, findings } = await analyseMigration(sql, "a.sql");
      expect(findings).toEqual([expect.objectContaining({ severity, line, file: "a.sql" })]);
      expect(risk).toBe(severity);
    }),
    fifty,
  );
}
