-- migrate:up
ALTER TABLE articles ADD COLUMN summary text;
ALTER TABLE articles ADD COLUMN reading_minutes smallint NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE articles DROP COLUMN reading_minutes;
ALTER TABLE articles DROP COLUMN summary;
