CREATE OR REPLACE FUNCTION public.tmp_sensor_cleanup() RETURNS void AS
$body$
BEGIN
    UPDATE public.sensor SET firmware = 'unknown' WHERE firmware IS NULL;

    IF to_regclass('public.sensor_raw_2021') IS NOT NULL THEN
        DROP TABLE public.sensor_raw_2021;
    END IF;
END;
$body$
LANGUAGE plpgsql;

SELECT public.tmp_sensor_cleanup();

DROP FUNCTION public.tmp_sensor_cleanup();
