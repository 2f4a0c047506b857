-- After the table was renamed in V77, its parts kept the old names.
ALTER TABLE public.merchants RENAME CONSTRAINT vendors_tax_no_check TO merchants_tax_no_check;
ALTER TABLE public.merchants RENAME CONSTRAINT vendors_owner_fkey TO merchants_owner_fkey;
ALTER INDEX IF EXISTS public.vendors_pkey RENAME TO merchants_pkey;
ALTER INDEX IF EXISTS public.vendors_name_idx RENAME TO merchants_name_idx;

ALTER TABLE public.merchants OWNER TO app_owner;
