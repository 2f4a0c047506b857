-- Addresses were stored as typed; the login compares in lower case from 5.2 on.
UPDATE users
SET email = lower(trim(email)),
    updated_at = now();

CREATE UNIQUE INDEX CONCURRENTLY users_email_key2 ON users (email);
