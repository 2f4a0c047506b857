-- Start the pilot with a clean sheet.
BEGIN;
DELETE FROM pilot.reservation_guests WHERE 1 = 1;
DELETE FROM pilot.reservations WHERE true;
SELECT setval('pilot.reservations_id_seq', 1, false);
COMMIT;
