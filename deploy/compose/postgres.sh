#!/bin/sh
# Runs at the first start of PostgreSQL: creates a database and a role for each service, with the passwords of secrets.sh.
set -eu

for service in user_service:users post_service:posts notification_service:notifications; do
    role=${service%:*}
    psql --username postgres --set ON_ERROR_STOP=1 --set role="$role" --set database="${service#*:}" \
        --set password="$(cat "/run/secrets/herald/$role")" <<'SQL'
create role :"role" login password :'password';
create database :"database" owner :"role";
SQL
done
