create schema if not exists metering;

create table metering.readings (
    meter_id    bigint       not null,
    taken_at    timestamptz  not null,
    kwh         numeric(14,4) not null,
    quality     smallint     not null default 0,
    primary key (meter_id, taken_at)
) partition by range (taken_at);

create table metering.readings_2025h1 partition of metering.readings
    for values from ('2025-01-01') to ('2025-07-01');
create table metering.readings_2025h2 partition of metering.readings
    for values from ('2025-07-01') to ('2026-01-01');

-- one that is made apart and hung in afterwards
create table metering.readings_old (like metering.readings including all);
alter table metering.readings attach partition metering.readings_old
    for values from (minvalue) to ('2025-01-01');

create table metering.readings_rest partition of metering.readings default;

create index readings_taken_at_brin on metering.readings using brin (taken_at);

do $$
declare
    q int;
begin
    for q in 0..3 loop
        raise notice 'quality level % is known', q;
    end loop;
end $$;
