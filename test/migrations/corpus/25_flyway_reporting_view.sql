-- Flyway placeholder ${appSchema} comes from flyway.conf
CREATE OR REPLACE VIEW ${appSchema}.v_open_claims AS
SELECT c.id,
       c.policy_number,
       c.reported_on,
       CURRENT_DATE - c.reported_on AS age_days,
       a.full_name AS adjuster
FROM ${appSchema}.claims c
LEFT JOIN ${appSchema}.adjusters a ON a.id = c.adjuster_id
WHERE c.closed_on IS NULL;

COMMENT ON VIEW ${appSchema}.v_open_claims IS 'Feeds the Monday report';

GRANT SELECT ON ${appSchema}.v_open_claims TO reporting;
