ALTER TABLE bookings
  ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS bookings_public_id_idx
  ON bookings (public_id);
