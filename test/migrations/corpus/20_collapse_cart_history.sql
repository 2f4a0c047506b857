-- Only the sums are of interest to the finance people.
CREATE TABLE cart_history_totals (
    shop_id  bigint PRIMARY KEY,
    carts    bigint NOT NULL,
    cents    numeric NOT NULL
);

WITH removed AS (
    DELETE FROM cart_history
    RETURNING shop_id, total_cents
)
INSERT INTO cart_history_totals (shop_id, carts, cents)
SELECT shop_id, count(*), sum(total_cents)
FROM removed
GROUP BY shop_id;
