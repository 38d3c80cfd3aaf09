-- The two roles, the database, and what its server's log must not say. For a superuser, by psql;
-- the passwords come from the environment, so that no list of processes shows them.
-- Safe to run again: it sets the passwords anew and leaves the rest.

\set ON_ERROR_STOP on
\getenv owner_password CLINIC_OWNER_PASSWORD
\getenv web_password CLINIC_WEB_PASSWORD

-- A failing statement would stand in the server's log with its password, or its patient.
SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;

-- clinic_owner owns the tables and changes them (`migrate`); the site itself runs as clinic_web.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['clinic_owner', 'clinic_web']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE clinic_owner PASSWORD :'owner_password';
ALTER ROLE clinic_web PASSWORD :'web_password';

SELECT 'CREATE DATABASE clinic OWNER clinic_owner ENCODING UTF8 TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'clinic') \gexec

REVOKE ALL ON DATABASE clinic FROM PUBLIC;
GRANT CONNECT ON DATABASE clinic TO clinic_web;

-- An error's detail names the values of the row that was refused, and its statement carries what a
-- patient typed.
ALTER DATABASE clinic SET log_error_verbosity = terse;
ALTER DATABASE clinic SET log_min_error_statement = panic;
ALTER DATABASE clinic SET log_parameter_max_length_on_error = 0;
ALTER DATABASE clinic SET log_statement = none;
ALTER DATABASE clinic SET log_min_duration_statement = -1;
