-- What the site may do with the tables: read and write rows, and nothing else. For clinic_owner,
-- after each `migrate`; safe to run again.

GRANT USAGE ON SCHEMA public TO clinic_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clinic_web;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO clinic_web;

-- The audit of the appointments is only ever added to.
REVOKE UPDATE, DELETE ON appointments_event FROM clinic_web;
-- Which migrations have run is the owner's to say.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM clinic_web;

-- A table made between `migrate` and this file is the site's to use already.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO clinic_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO clinic_web;
