-- Every tenant has a schema of its own; the statements are in a table.
DO $$
DECLARE
    t record;
    s record;
BEGIN
    FOR t IN SELECT schema_name FROM control.tenants WHERE active ORDER BY id LOOP
        PERFORM set_config('search_path', t.schema_name, true);
        FOR s IN
            SELECT body
            FROM control.pending_statements
            WHERE release = '2025.4'
            ORDER BY position
        LOOP
            EXECUTE s.body;
        END LOOP;
    END LOOP;
END
$$;
