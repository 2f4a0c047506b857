\set ON_ERROR_STOP on
\echo 'Loading the postal zones ...'

BEGIN;

CREATE TABLE postal_zone (
    prefix  text PRIMARY KEY,
    zone    smallint NOT NULL,
    remark  text
);

CREATE UNLOGGED TABLE postal_zone_load (prefix text, zone text, remark text);

COPY postal_zone_load (prefix, zone, remark) FROM stdin;
010	1	main island
011	1	\N
029	2	ferry; drop table at the pier
03	3	DELETE FROM route book when the bridge is open
\.

INSERT INTO postal_zone
SELECT prefix, zone::smallint, remark
FROM postal_zone_load;

-- only needed for the load
TRUNCATE postal_zone_load;
DROP TABLE postal_zone_load;

COMMIT;

\echo 'done'
