-- full-text search for recipes
CREATE EXTENSION IF NOT EXISTS unaccent;

ALTER TABLE recipes
    ADD COLUMN search_vector tsvector
    GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', coalesce(title, '')), 'A') ||
        setweight(to_tsvector('simple', coalesce(method, '')), 'B')
    ) STORED;

CREATE INDEX CONCURRENTLY recipes_search_idx ON recipes USING gin (search_vector);
