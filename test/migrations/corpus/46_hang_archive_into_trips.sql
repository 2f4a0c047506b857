-- 2023 lived in a table of its own up to now; 2019 goes to the data lake.
ALTER TABLE trips ATTACH PARTITION trips_2023
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');

ALTER TABLE trips DETACH PARTITION trips_2019;

CREATE TABLE trips_2026 PARTITION OF trips
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
