-- Slugs need to be unique within a workspace only.
BEGIN;
ALTER TABLE boards ADD COLUMN IF NOT EXISTS archived boolean NOT NULL DEFAULT false;
ALTER TABLE boards DROP CONSTRAINT boards_slug_key;
ALTER TABLE boards ADD CONSTRAINT boards_workspace_slug_key UNIQUE (workspace_id, slug);
COMMIT;
