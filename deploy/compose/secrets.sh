#!/bin/sh
# The service `secrets` of compose.yaml: creates missing secrets, and gives each service a folder with the secrets that it needs, one file
# each.
# Spring reads such a folder as settings (configtree).
set -eu
umask 077

random() {
    head -c "$1" /dev/urandom | base64 | tr -d '\n'
}

# Prints a random password of letters and digits, which is valid in URLs.
password() {
    random 48 | tr -d '+/='
}

# make <name> <value>: stores the value, unless an earlier start has stored one.
make() {
    [ -s "/secrets/all/$1" ] || printf %s "$2" >"/secrets/all/$1"
}

# give <secret> <service> [<name>]: copies a secret to the folder of a service.
give() {
    cp "/secrets/all/$1" "/secrets/$2/${3:-$1}"
}

mkdir -p /secrets/all
make HERALD_SECRET "$(random 32)"
make HERALD_EMAIL_SECRET "$(random 32)"
make HERALD_EUREKA_PASSWORD "$(password)"
make HERALD_ADMIN_PASSWORD "$(password)"
make HERALD_MANAGEMENT_TOKEN "$(password)"
make GRAFANA_PASSWORD "$(password)"
make REDIS_PASSWORD "$(password)"
make SPRING_DATA_REDIS_URL "redis://:$(cat /secrets/all/REDIS_PASSWORD)@redis:6379"
for role in postgres user_service post_service notification_service; do
    make "$role" "$(password)"
    give "$role" postgres
done
for service in discovery gateway user-service post-service notification-service prometheus; do
    give HERALD_EUREKA_PASSWORD "$service"
done
for service in discovery gateway user-service post-service notification-service; do
    give HERALD_MANAGEMENT_TOKEN "$service"
done
for service in gateway user-service post-service notification-service; do
    give SPRING_DATA_REDIS_URL "$service"
done
give user_service user-service SPRING_DATASOURCE_PASSWORD
give post_service post-service SPRING_DATASOURCE_PASSWORD
give notification_service notification-service SPRING_DATASOURCE_PASSWORD
give HERALD_SECRET user-service
give HERALD_SECRET post-service
give HERALD_EMAIL_SECRET user-service
give HERALD_EMAIL_SECRET notification-service
give HERALD_ADMIN_PASSWORD user-service
give REDIS_PASSWORD redis
give GRAFANA_PASSWORD grafana

# Only the user of each container can read its folder.
for service in discovery gateway user-service post-service notification-service; do
    chown -R 10001:10001 "/secrets/$service"
done
chown -R 999 /secrets/postgres /secrets/redis
chown -R 65534:65534 /secrets/prometheus
chown -R 472 /secrets/grafana
