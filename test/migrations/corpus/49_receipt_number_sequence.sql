CREATE SEQUENCE IF NOT EXISTS receipt_number_seq AS bigint START WITH 100000 CACHE 20;

SELECT setval('receipt_number_seq', greatest(100000, (SELECT coalesce(max(number), 0) FROM receipts)));

-- rows that are there keep their numbers
ALTER TABLE receipts ALTER COLUMN number SET DEFAULT nextval('receipt_number_seq');

GRANT USAGE, SELECT ON SEQUENCE receipt_number_seq TO till_app;
