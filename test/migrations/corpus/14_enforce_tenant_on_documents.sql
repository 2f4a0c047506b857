-- The safe way round: checked first, so that SET NOT NULL needs no scan.
BEGIN;
ALTER TABLE documents
    ADD CONSTRAINT documents_tenant_present CHECK (tenant_id IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE documents VALIDATE CONSTRAINT documents_tenant_present;
COMMIT;

BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE documents ALTER COLUMN tenant_id SET NOT NULL;
ALTER TABLE documents DROP CONSTRAINT documents_tenant_present;
COMMIT;
