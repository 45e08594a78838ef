#!/bin/sh
# Creates the server's two databases and brings their tables to the server's version; what is there already stays as it is.
# Needs temporal-sql-tool of the server's version and its SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD, SQL_PLUGIN.
set -eu

tool=${TEMPORAL_SQL_TOOL:-temporal-sql-tool}

prepare() { # database, folder of its tables
  "$tool" --database "$1" create-database
  "$tool" --database "$1" setup-schema --version 0.0
  "$tool" --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

prepare temporal temporal
prepare temporal_visibility visibility
echo 'both databases are ready'
