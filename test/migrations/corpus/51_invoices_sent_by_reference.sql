-- disable-ddl-transaction
-- A nullable column without a default has nothing to check.
ALTER TABLE reminders ADD COLUMN sent_by_id bigint REFERENCES staff (id) ON DELETE SET NULL;

CREATE INDEX CONCURRENTLY IF NOT EXISTS reminders_sent_by_id_idx ON reminders (sent_by_id);
