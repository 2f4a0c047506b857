-- Works out the home depot of every driver from last year's trips.
BEGIN;

ALTER TABLE drivers ADD COLUMN home_depot_id bigint;

CREATE TEMPORARY TABLE tmp_driver_depot AS
SELECT t.driver_id,
       mode() WITHIN GROUP (ORDER BY t.start_depot_id) AS depot_id,
       false AS confirmed
FROM trips t
WHERE t.started_at >= date '2024-01-01'
GROUP BY t.driver_id;

CREATE UNIQUE INDEX ON tmp_driver_depot (driver_id);

UPDATE tmp_driver_depot SET confirmed = true;
DELETE FROM tmp_driver_depot WHERE depot_id IS NULL;

UPDATE drivers d
SET home_depot_id = x.depot_id
FROM tmp_driver_depot x
WHERE x.driver_id = d.id
  AND x.confirmed;

DROP TABLE tmp_driver_depot;

COMMIT;
