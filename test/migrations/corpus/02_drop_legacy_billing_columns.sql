-- TKT-2231: the billing service has its own database since March.
-- Nobody has read these since release 8.4.
BEGIN;

SET LOCAL lock_timeout = '3s';

ALTER TABLE public.accounts
    ADD COLUMN IF NOT EXISTS billing_ref uuid,
    DROP COLUMN IF EXISTS card_last_four,
    DROP COLUMN IF EXISTS card_brand;

COMMENT ON COLUMN public.accounts.billing_ref IS 'id in the billing service';

COMMIT;
