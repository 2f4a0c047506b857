-- The mood survey ended; no screen shows it any more.
DROP TYPE IF EXISTS survey_mood CASCADE;

CREATE TABLE survey_archive_note (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    note  text NOT NULL
);

INSERT INTO survey_archive_note (note) VALUES ('mood survey closed in spring');
