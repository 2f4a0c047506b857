-- +migrate Up
-- The calendar shows whole days only. Was: timestamp with time zone.
ALTER TABLE clinic.appointments
    ALTER COLUMN follow_up_at TYPE date;
COMMENT ON COLUMN clinic.appointments.follow_up_at IS 'day, without a time';

-- +migrate Down
ALTER TABLE clinic.appointments
    ALTER COLUMN follow_up_at TYPE timestamptz;
