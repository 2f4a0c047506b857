/*
 * Housekeeping after the loyalty programme was switched off.
 * Guarded, so that it can run again.
 */
DO $migration$
DECLARE
    has_points boolean;
BEGIN
    SELECT EXISTS (
        SELECT 1
        FROM information_schema.columns
        WHERE table_schema = 'shop'
          AND table_name = 'members'
          AND column_name = 'loyalty_points'
    ) INTO has_points;

    IF has_points THEN
        RAISE NOTICE 'members.loyalty_points is still there';
        EXECUTE 'ALTER TABLE shop.members DROP COLUMN loyalty_points';
    ELSE
        RAISE NOTICE 'nothing to do';
    END IF;
END
$migration$;

INSERT INTO shop.feature_switch (name, enabled)
VALUES ('loyalty', false)
ON CONFLICT (name) DO NOTHING;
