-- Step 1: only new rows are checked; a short lock.
BEGIN;
SET LOCAL lock_timeout TO '2s';
ALTER TABLE shipments
  ADD CONSTRAINT shipments_weight_positive CHECK (weight_grams > 0) NOT VALID;
ALTER TABLE shipments
  ADD CONSTRAINT shipments_carrier_fk
  FOREIGN KEY (carrier_id) REFERENCES carriers (id) NOT VALID;
COMMIT;

-- Step 2: looks at the old rows, without keeping writers out.
BEGIN;
ALTER TABLE shipments VALIDATE CONSTRAINT shipments_weight_positive;
COMMIT;

BEGIN;
ALTER TABLE shipments VALIDATE CONSTRAINT shipments_carrier_fk;
COMMIT;
