-- Phrases the comment filter holds back for a look by a moderator.
INSERT INTO moderation_phrase (phrase, severity, note) VALUES
    ('DROP TABLE users;', 2, 'little jokers'),
    ('''; DELETE FROM accounts; --', 3, 'injection test of the scanner'),
    ('TRUNCATE orders', 2, NULL),
    (E'it\'s free; ALTER TABLE x DROP COLUMN y', 1, 'odd quoting'),
    ('buy now!!!', 1, 'spam')
ON CONFLICT (phrase) DO NOTHING;

INSERT INTO country (code, name) VALUES
    ('ZQ', 'Zarqonia'),
    ('VU', 'Velunda')
ON CONFLICT DO NOTHING;
