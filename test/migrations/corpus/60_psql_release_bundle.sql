\set ON_ERROR_STOP 1
\timing on

BEGIN;

ALTER TABLE fleet.vehicles ADD COLUMN IF NOT EXISTS range_km integer;

-- functions and views are kept in files of their own
\ir ../functions/vehicle_range.sql
\ir ../views/vehicle_overview.sql

GRANT SELECT (id, range_km) ON fleet.vehicles TO dispatcher;

COMMIT;
