-- no transaction: built in the background, then adopted
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS vouchers_code_uq ON vouchers (code);

ALTER TABLE vouchers
  ADD CONSTRAINT vouchers_code_key UNIQUE USING INDEX vouchers_code_uq;
