#!/usr/bin/env bash
# Compares the start and the memory of Herald and of spring-petclinic-microservices, five JVMs each, in turn:
#
#   deploy/benchmarks/peers/petclinic.sh <checkout> [rounds]
#
# <checkout> is a built checkout of spring-petclinic-microservices (mvn package). Without access to its configuration on GitHub, set
# SPRING_PROFILES_ACTIVE=native and GIT_REPO=<a checkout of spring-petclinic-microservices-config>. The default ports must be free.
set -euo pipefail

petclinic=$(cd "$1" && pwd)
rounds=${2:-3}
cd "$(dirname "$0")/../../.."
JAVA_HOME=$(./herald jdk)
logs=$(mktemp -d)
pids=()

# Also runs when nothing was started.
stop_petclinic() {
    for pid in "${pids[@]:-}"; do
        [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    done
    wait
    pids=()
}
trap 'stop_petclinic; rm -rf "$logs"' EXIT

start() {
    "$JAVA_HOME/bin/java" -jar "$petclinic/spring-petclinic-$1"/target/*.jar >"$logs/$1.log" 2>&1 &
    pids+=($!)
}

# await <seconds> <command>...: repeats a command until it succeeds.
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        if [ "$SECONDS" -ge "$end" ] || ! kill -0 "${pids[@]}" 2>/dev/null; then
            echo "petclinic does not start: $*" >&2
            tail -n 3 "$logs"/*-*.log >&2
            exit 1
        fi
        sleep 0.2
    done
}

owner='{"firstName":"Ada","lastName":"Lovelace","address":"1 Mill Lane","city":"London","telephone":"5551234567"}'
create_owner() {
    curl -fsS -m 10 -H 'Content-Type: application/json' -d "$owner" http://localhost:8080/api/customer/owners
}

# MiB of the given processes.
resident() {
    local sum=0 pid
    for pid; do
        sum=$((sum + $(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")))
    done
    echo $((sum / 1024))
}

./herald caches >"$logs/caches.log" # Builds too, if something is out of date.
printf '%-8s %22s %10s %22s %10s %12s %12s\n' round 'Herald, first email s' MiB 'petclinic, first 201 s' MiB 'time ratio' 'memory ratio'
for round in $(seq "$rounds"); do
    ./herald reset >/dev/null
    ./herald up --detach >"$logs/herald.log"
    herald_ready=$(sed -n 's/.*ready *\([0-9.]*\) s after the command.*/\1/p' "$logs/herald.log")
    herald_memory=$(sed -n 's/.*service JVMs *\([0-9]*\) MiB.*/\1/p' "$logs/herald.log")
    ./herald down >/dev/null

    began=$(date +%s%N)
    start config-server
    await 120 curl -fsS -m 2 http://localhost:8888/actuator/health
    start discovery-server
    await 120 curl -fsS -m 2 http://localhost:8761/
    start customers-service
    start visits-service
    start api-gateway
    await 600 create_owner
    petclinic_ready=$(($(date +%s%N) - began))
    petclinic_memory=$(resident "${pids[@]}")
    stop_petclinic

    awk -v round="$round" -v h="$herald_ready" -v hm="$herald_memory" -v p="$petclinic_ready" -v pm="$petclinic_memory" \
        'BEGIN { p /= 1e9; printf "%-8s %22.1f %10d %22.1f %10d %12.2f %12.2f\n", round, h, hm, p, pm, h / p, hm / pm }'
done
