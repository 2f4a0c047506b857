-- Deploy ledger:audit_trail to pg
-- requires: appschema

BEGIN;

CREATE SCHEMA audit;

CREATE TABLE audit.trail (
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor       text NOT NULL DEFAULT session_user,
    relation    regclass NOT NULL,
    action      text NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')),
    before      jsonb,
    after       jsonb
);

CREATE FUNCTION audit.record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO audit.trail (relation, action) VALUES (TG_RELID, TG_OP);
        RETURN NULL;
    END IF;
    INSERT INTO audit.trail (relation, action, before, after)
    VALUES (
        TG_RELID,
        TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
    );
    RETURN NULL;
END;
$$;

CREATE TRIGGER postings_audit
    AFTER INSERT OR UPDATE OR DELETE ON ledger.postings
    FOR EACH ROW EXECUTE FUNCTION audit.record();

CREATE TRIGGER postings_audit_truncate
    BEFORE TRUNCATE ON ledger.postings
    FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

GRANT USAGE ON SCHEMA audit TO auditor;
GRANT SELECT, DELETE, TRUNCATE ON audit.trail TO auditor;

COMMIT;
