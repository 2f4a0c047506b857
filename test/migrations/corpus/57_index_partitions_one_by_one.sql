-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX IF NOT EXISTS deliveries_courier_idx ON ONLY deliveries (courier_id);

CREATE INDEX CONCURRENTLY IF NOT EXISTS deliveries_2024_courier_idx ON deliveries_2024 (courier_id);
ALTER INDEX deliveries_courier_idx ATTACH PARTITION deliveries_2024_courier_idx;

CREATE INDEX CONCURRENTLY IF NOT EXISTS deliveries_2025_courier_idx ON deliveries_2025 (courier_id);
ALTER INDEX deliveries_courier_idx ATTACH PARTITION deliveries_2025_courier_idx;

REINDEX INDEX CONCURRENTLY deliveries_2025_pkey;
VACUUM (ANALYZE) deliveries_2025;

-- +goose Down
DROP INDEX IF EXISTS deliveries_courier_idx;
