-- a column changes its place, CREATE OR REPLACE refuses that
BEGIN;

DROP VIEW IF EXISTS hr.staff_overview;

CREATE VIEW hr.staff_overview AS
SELECT p.id,
       d.name AS department,
       p.given_name,
       p.family_name,
       p.hired_on
FROM hr.people p
JOIN hr.departments d ON d.id = p.department_id
WHERE p.left_on IS NULL;

GRANT SELECT ON hr.staff_overview TO hr_portal;

COMMIT;
