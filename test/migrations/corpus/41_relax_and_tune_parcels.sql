ALTER TABLE parcels ALTER COLUMN recipient_phone DROP NOT NULL;
ALTER TABLE parcels ALTER COLUMN service_level SET DEFAULT 'standard';
ALTER TABLE parcels ALTER COLUMN route_code SET STATISTICS 500;
ALTER TABLE parcels ALTER COLUMN label_pdf SET STORAGE EXTERNAL;

ALTER TABLE parcels SET (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.01
);

CREATE STATISTICS IF NOT EXISTS parcels_route_level (dependencies, ndistinct)
    ON route_code, service_level FROM parcels;
