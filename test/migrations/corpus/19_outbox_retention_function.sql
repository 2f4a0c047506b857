-- Defined here, called by the nightly job (and by nothing in this file).
CREATE FUNCTION maintenance.purge_outbox(keep interval DEFAULT '14 days')
RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = maintenance, pg_temp
AS $fn$
DECLARE
    gone bigint;
BEGIN
    IF keep IS NULL THEN
        TRUNCATE maintenance.outbox;
        RETURN -1;
    END IF;

    DELETE FROM maintenance.outbox WHERE sent_at < now() - keep;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END;
$fn$;

GRANT EXECUTE ON FUNCTION maintenance.purge_outbox(interval) TO night_job;
