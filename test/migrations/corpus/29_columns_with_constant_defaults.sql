-- All of these are kept in the catalogue only (since PostgreSQL 11): no rewrite.
ALTER TABLE subscriptions
    ADD COLUMN seats          integer     NOT NULL DEFAULT 1,
    ADD COLUMN auto_renew     boolean     NOT NULL DEFAULT true,
    ADD COLUMN imported_at    timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN labels         text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN preferences    jsonb       NOT NULL DEFAULT '{"mail": true}'::jsonb,
    ADD COLUMN changed_on     date        DEFAULT CURRENT_DATE;
