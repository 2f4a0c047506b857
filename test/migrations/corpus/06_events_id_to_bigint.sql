-- 83% of the int range is used up, see the dashboard "Sequence headroom".
-- was: id integer, parent_id integer
BEGIN;
ALTER TABLE telemetry.events
  ALTER COLUMN id TYPE bigint,
  ALTER COLUMN parent_id TYPE bigint;
ALTER SEQUENCE telemetry.events_id_seq AS bigint;
COMMIT;
