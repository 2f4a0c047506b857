-- The tokeniser changed, so cached results are wrong. They come back by themselves.
begin;
alter table search_synonyms add column if not exists locale text;
truncate table search_cache, search_cache_hits restart identity;
commit;
