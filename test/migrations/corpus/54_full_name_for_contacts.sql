-- One column for the search box.
alter table contacts add column full_name text;

update contacts
   set full_name = concat_ws(' ', given_name, family_name);

comment on column contacts.full_name is 'kept up by the application from now on';
