-- Keeps the last twelve months of pings.
DO $do$
DECLARE
    part regclass;
BEGIN
    FOR part IN
        SELECT i.inhrelid::regclass
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'monitoring.pings'::regclass
          AND c.relname < 'pings_' || to_char(now() - interval '12 months', 'YYYYMM')
        ORDER BY c.relname
    LOOP
        RAISE NOTICE 'removing %', part;
        EXECUTE format('DROP TABLE %s', part);
    END LOOP;
END
$do$;
