CREATE MATERIALIZED VIEW reporting.daily_sales AS
SELECT s.branch_id,
       date_trunc('day', s.sold_at)::date AS day,
       count(*)                           AS receipts,
       sum(s.gross_cents)                 AS gross_cents
FROM pos.sales s
GROUP BY 1, 2
WITH NO DATA;

-- needed for REFRESH ... CONCURRENTLY later on
CREATE UNIQUE INDEX daily_sales_branch_day ON reporting.daily_sales (branch_id, day);

REFRESH MATERIALIZED VIEW reporting.daily_sales;

GRANT SELECT ON reporting.daily_sales TO bi_reader;
