/* What we do NOT do here (see the review):
     DROP TABLE handbook_article;
     /* nor this: TRUNCATE handbook_article CASCADE; */
     UPDATE handbook_article SET body = NULL;
*/
CREATE FUNCTION handbook_slug(title text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT trim(BOTH '-' FROM regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g')) $$;

-- ALTER TABLE handbook_article DROP COLUMN title;   -- perhaps next year
ALTER TABLE handbook_article ADD COLUMN slug text;

UPDATE handbook_article
SET slug = handbook_slug(title)
WHERE slug IS NULL
  AND published_at IS NOT NULL;

INSERT INTO handbook_article (title, body) VALUES (
    'How to empty a table',
    $md$
# How to empty a table

Ask a second person first. Then:

```sql
TRUNCATE staging.import_lines;
DROP TABLE staging.import_lines; -- only when nobody needs it
DELETE FROM staging.import_runs;
```
$md$
);
