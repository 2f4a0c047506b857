-- saved routes, one list for each rider
create table public.saved_routes (
  id uuid not null default gen_random_uuid() primary key,
  owner_id uuid not null references auth.users (id) on delete cascade,
  title text not null check (char_length(title) between 1 and 120),
  path jsonb not null default '[]'::jsonb,
  inserted_at timestamptz not null default timezone('utc'::text, now())
);

alter table public.saved_routes enable row level security;
alter table public.saved_routes force row level security;

create policy "Riders see their own routes"
  on public.saved_routes for select
  to authenticated
  using ((select auth.uid()) = owner_id);

create policy "Riders add their own routes"
  on public.saved_routes for insert
  to authenticated
  with check ((select auth.uid()) = owner_id);

create policy "Riders delete their own routes"
  on public.saved_routes for delete
  to authenticated
  using ((select auth.uid()) = owner_id);

create index saved_routes_owner_id_idx on public.saved_routes using btree (owner_id);

grant select, insert, delete on table public.saved_routes to authenticated;
grant all on table public.saved_routes to service_role;
