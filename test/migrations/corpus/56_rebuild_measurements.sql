-- Rewrites the table with the columns in a better order, without the raw payload.
BEGIN;

LOCK TABLE lab.measurements IN ACCESS EXCLUSIVE MODE;

CREATE TABLE lab.measurements_new (
    id           bigint PRIMARY KEY,
    sample_id    bigint NOT NULL,
    measured_at  timestamptz NOT NULL,
    value        double precision,
    unit         text NOT NULL
);

INSERT INTO lab.measurements_new (id, sample_id, measured_at, value, unit)
SELECT id, sample_id, measured_at, value, coalesce(unit, 'n/a')
FROM lab.measurements
WHERE measured_at IS NOT NULL;

DROP TABLE lab.measurements;
ALTER TABLE lab.measurements_new RENAME TO measurements;
ALTER INDEX lab.measurements_new_pkey RENAME TO measurements_pkey;

CREATE INDEX measurements_sample_idx ON lab.measurements (sample_id, measured_at);

COMMIT;
