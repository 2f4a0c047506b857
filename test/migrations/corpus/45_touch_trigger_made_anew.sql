BEGIN;

CREATE OR REPLACE FUNCTION app.touch_updated_at()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

DROP TRIGGER IF EXISTS contracts_touch ON app.contracts;
CREATE TRIGGER contracts_touch
    BEFORE UPDATE ON app.contracts
    FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION app.touch_updated_at();

DROP POLICY IF EXISTS contracts_by_branch ON app.contracts;
CREATE POLICY contracts_by_branch ON app.contracts
    USING (branch_id = current_setting('app.branch_id', true)::bigint);

ALTER TABLE app.contracts DROP CONSTRAINT IF EXISTS contracts_term_check;
ALTER TABLE app.contracts
    ADD CONSTRAINT contracts_term_check CHECK (term_months BETWEEN 1 AND 120) NOT VALID;

COMMIT;
