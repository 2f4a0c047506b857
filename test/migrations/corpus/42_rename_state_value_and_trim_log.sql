-- 'canceled' / 'cancelled': settle on one spelling.
ALTER TYPE job_state RENAME VALUE 'canceled' TO 'cancelled';

-- the retry log has grown a lot, keep a year of it
DELETE FROM job_retry_log
WHERE logged_at < now() - interval '1 year';
