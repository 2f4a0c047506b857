DO $$
BEGIN
    CREATE TYPE ticket_severity AS ENUM ('low', 'normal', 'high', 'urgent');
EXCEPTION
    WHEN duplicate_object THEN
        RAISE NOTICE 'type ticket_severity is there, not dropped';
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'support_reader') THEN
        CREATE ROLE support_reader NOLOGIN;
    END IF;

    IF NOT EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = 'public.tickets'::regclass
          AND attname = 'severity'
          AND NOT attisdropped
    ) THEN
        EXECUTE 'ALTER TABLE public.tickets ADD COLUMN severity ticket_severity';
    END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO support_reader;
GRANT SELECT ON public.tickets TO support_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO support_reader;
