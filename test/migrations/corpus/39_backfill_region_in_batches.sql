-- Fills sites.region in batches, with a commit after each of them.
CREATE PROCEDURE pg_temp.fill_site_region(batch integer)
LANGUAGE plpgsql
AS $$
DECLARE
    touched integer;
BEGIN
    LOOP
        UPDATE sites s
        SET region = d.region
        FROM districts d
        WHERE d.id = s.district_id
          AND d.region IS NOT NULL
          AND s.id IN (
              SELECT s2.id
              FROM sites s2
              JOIN districts d2 ON d2.id = s2.district_id
              WHERE s2.region IS NULL
                AND d2.region IS NOT NULL
              ORDER BY s2.id
              LIMIT batch
          );
        GET DIAGNOSTICS touched = ROW_COUNT;
        EXIT WHEN touched = 0;
        COMMIT;
        PERFORM pg_sleep(0.1);
    END LOOP;
END
$$;

CALL pg_temp.fill_site_region(5000);

DROP PROCEDURE pg_temp.fill_site_region(integer);
