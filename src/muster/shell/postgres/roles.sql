-- The roles of Muster, on PostgreSQL 15 or later. Run it as a superuser in the
-- database that Muster shall use; running it again changes nothing.
--
--   muster_owner   signs in, owns the tables, is no superuser
--   muster_app     sees the rows of the places it answers for (row-level security)
--   muster_wide    sees every row of this installation: the province
--   muster_own     sees the rows of one citizen: whoever is signed in
--   muster_backup  reads everything, for backups
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('muster_owner',  'login nosuperuser createdb nocreaterole nobypassrls'),
            ('muster_app',    'nologin nosuperuser nocreatedb nocreaterole nobypassrls'),
            ('muster_wide',   'nologin nosuperuser nocreatedb nocreaterole nobypassrls'),
            ('muster_own',    'nologin nosuperuser nocreatedb nocreaterole nobypassrls'),
            ('muster_backup', 'nologin nosuperuser nocreatedb nocreaterole bypassrls')
        ) as roles (name, attributes)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            execute format('create role %I', wanted.name);
        end if;
        execute format('alter role %I %s', wanted.name, wanted.attributes);
    end loop;

    -- The owner steps into a role for a transaction; it never has its rights by itself.
    if current_setting('server_version_num')::int >= 160000 then
        execute 'grant muster_app, muster_wide, muster_own to muster_owner with inherit false, set true';
    else
        alter role muster_owner noinherit;
        grant muster_app, muster_wide, muster_own to muster_owner;
    end if;
    grant pg_read_all_data to muster_backup;
    -- Without inheritance (PostgreSQL 15) owning the database does not yet give this.
    grant usage, create on schema public to muster_owner;
    execute format('alter database %I owner to muster_owner', current_database());
end
$$;
