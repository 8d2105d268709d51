#!/usr/bin/env bash
# What a site scores in the audit from outside (`check https://site`): this web app, Express with helmet, and ASP.NET Core with
# its session, each behind the same Caddy, which ends TLS and redirects plain HTTP. Prints the table of audit.md.
#   benchmarks/audit.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
base=$((20000 + RANDOM % 20000))
redis=$base
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

for project in WebApp benchmarks/stock; do
    dotnet build "$project" --configuration Release --verbosity quiet --artifacts-path "$work/artifacts" > "$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
done
(cd benchmarks/express && npm ci --silent --no-audit --no-fund)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 30 -subj /CN=shop.example \
    -addext subjectAltName=DNS:shop.example 2> "$work/openssl.log"
redis-server --port "$redis" --bind 127.0.0.1 --save '' --dir "$work" > "$work/redis.log" &

site() { # name, port of the application, ports of Caddy, then the command
    local name=$1 app=$2 http=$3 https=$4
    shift 4
    printf '{\n admin off\n default_bind 127.0.0.1\n http_port %s\n https_port %s\n}\nhttp://shop.example {\n redir https://shop.example:%s{uri} permanent\n}\nhttps://shop.example {\n tls %s %s\n reverse_proxy 127.0.0.1:%s\n}\n' \
        "$http" "$https" "$https" "$work/cert.pem" "$work/key.pem" "$app" > "$work/$name.caddy"
    env HOME="$work" caddy run --adapter caddyfile --config "$work/$name.caddy" > "$work/$name-caddy.log" 2>&1 &
    env PORT="$app" ASPNETCORE_URLS="http://127.0.0.1:$app" ASPNETCORE_HTTPS_PORT="$https" AllowedHosts=shop.example NODE_ENV=production \
        SECRET=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ ConnectionStrings__redis="127.0.0.1:$redis" REDIS_URL="redis://127.0.0.1:$redis" \
        Monitoring__DrainDelay=00:00:00 HOME="$work" "$@" > "$work/$name.log" 2>&1 &
    until curl --silent --output /dev/null --fail --insecure --resolve "shop.example:$https:127.0.0.1" "https://shop.example:$https/alive"; do sleep 0.2; done
}

audit() { # name, ports of Caddy, page
    (cd WebApp && dotnet "$work/artifacts/bin/WebApp/release/WebApp.dll" check --json "https://shop.example:$3$4" --http-port "$2" --connect 127.0.0.1 --cacert "$work/cert.pem") > "$work/$1.json" || true
}

site ours $((base + 1)) $((base + 2)) $((base + 3)) env -C WebApp dotnet "$work/artifacts/bin/WebApp/release/WebApp.dll"
site express $((base + 4)) $((base + 5)) $((base + 6)) env -C benchmarks/express node server.js
site stock $((base + 7)) $((base + 8)) $((base + 9)) env -C benchmarks/stock dotnet "$work/artifacts/bin/stock/release/stock.dll"
audit ours $((base + 2)) $((base + 3)) /counter
audit express $((base + 5)) $((base + 6)) '/write?value=1'
audit stock $((base + 8)) $((base + 9)) '/write?value=1'

node - "$work" <<'NODE'
const { readFileSync } = require("fs");
const names = ["ours", "express", "stock"];
const sites = names.map(name => JSON.parse(readFileSync(`${process.argv[2]}/${name}.json`)).items);
console.log("| line | this web app | Express with helmet | ASP.NET Core |\n|---|---|---|---|");
sites[0].forEach((item, i) => console.log(`| \`${item.id}\` | ${sites.map(site => site[i].outcome).join(" | ")} |`));
const count = (site, outcome) => site.filter(item => item.outcome === outcome).length;
console.log(`| **critical, warnings** | ${sites.map(site => `**${count(site, "CRITICAL")}, ${count(site, "WARNING")}**`).join(" | ")} |\n`);
names.forEach((name, i) => sites[i].filter(item => ["CRITICAL", "WARNING"].includes(item.outcome)).forEach(item => console.log(`- ${name}, \`${item.id}\`: ${item.evidence}`)));
NODE
