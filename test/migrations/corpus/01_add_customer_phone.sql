-- Customers may leave a phone number for the courier.
ALTER TABLE customers
    ADD COLUMN phone varchar(32),
    ADD COLUMN phone_verified_at timestamptz;

COMMENT ON COLUMN customers.phone IS 'E.164, as typed in the checkout form; not unique';
