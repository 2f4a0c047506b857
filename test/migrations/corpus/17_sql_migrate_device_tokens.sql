-- +migrate Up
CREATE TABLE IF NOT EXISTS device_tokens (
  token       text PRIMARY KEY,
  user_id     bigint NOT NULL,
  platform    text NOT NULL CHECK (platform IN ('ios', 'android', 'web')),
  last_seen   timestamptz
);

INSERT INTO settings (key, value)
SELECT 'push.max_tokens_per_user', '10'
WHERE NOT EXISTS (SELECT FROM settings WHERE key = 'push.max_tokens_per_user');

-- +migrate Down
DELETE FROM settings WHERE key = 'push.max_tokens_per_user';
DROP TABLE IF EXISTS device_tokens CASCADE;
