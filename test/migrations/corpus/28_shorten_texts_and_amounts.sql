-- The import format of the warehouse allows no more than this.
--   sku          was varchar(64)
--   remark       was text
--   unit_price   was numeric(14,4)
ALTER TABLE stock_items
    ALTER COLUMN sku        TYPE varchar(32) USING substr(sku, 1, 32),
    ALTER COLUMN remark     TYPE varchar(255) USING left(remark, 255),
    ALTER COLUMN unit_price TYPE numeric(10, 2);
