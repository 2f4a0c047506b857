-- flyway:executeInTransaction=false
-- V118__index_orders_by_warehouse.sql
SET lock_timeout = '5s';
SET statement_timeout = 0;

-- A build that broke off leaves an invalid index behind.
DROP INDEX CONCURRENTLY IF EXISTS public.orders_warehouse_id_idx;

CREATE INDEX CONCURRENTLY orders_warehouse_id_idx
    ON public.orders USING btree (warehouse_id, placed_at DESC)
    WHERE cancelled_at IS NULL;

ANALYZE public.orders (warehouse_id);

RESET statement_timeout;
