-- Deploy fieldops:remove_old_crm to pg
-- requires: contacts_import

BEGIN;

CREATE TABLE IF NOT EXISTS fieldops.contact_origin (
    contact_id  bigint PRIMARY KEY,
    crm_key     text NOT NULL
);

INSERT INTO fieldops.contact_origin (contact_id, crm_key)
SELECT c.id, o.key
FROM fieldops.contacts c
JOIN old_crm.people o ON o.email = c.email
ON CONFLICT (contact_id) DO NOTHING;

DROP SCHEMA old_crm CASCADE;

COMMIT;
