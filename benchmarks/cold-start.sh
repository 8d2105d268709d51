#!/usr/bin/env bash
# From the start of the process to the first 200 of the home page, which counts the visit in a session in Redis: this web app
# as it is published, and the template `dotnet new webapp` with the session of ASP.NET Core's documentation, published as it
# is and compiled ahead of time. In turns, so that all see the same machine; the medians and their ratios are printed.
#   benchmarks/cold-start.sh [turns, default 15]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
turns=${1:-15}
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
redis=$((port + 1))
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet publish WebApp --configuration Release --output "$work/ours" --verbosity quiet
dotnet new webapp --name plain --output "$work/plain-source" --no-restore > "$work/new.log"
sed -i 's|</Project>|  <ItemGroup><PackageReference Include="Microsoft.Extensions.Caching.StackExchangeRedis" Version="10.0.11" /></ItemGroup>\n</Project>|' "$work/plain-source/plain.csproj"
sed -i -e "s|^var app = .*|builder.Services.AddStackExchangeRedisCache(o => o.Configuration = \"127.0.0.1:$redis\");\nbuilder.Services.AddSession(o => o.Cookie.IsEssential = true);\n&|" \
       -e 's|^app.UseRouting();|&\napp.UseSession();|' -e '/UseHttpsRedirection/d' "$work/plain-source/Program.cs"
sed -i 's|public void OnGet()|public int Views { get; private set; }\n\n    public void OnGet() => HttpContext.Session.SetInt32("views", Views = (HttpContext.Session.GetInt32("views") ?? 0) + 1);\n\n    private void Unused()|' "$work/plain-source/Pages/Index.cshtml.cs"
dotnet publish "$work/plain-source" --configuration Release --output "$work/plain" --verbosity quiet
dotnet publish "$work/plain-source" --configuration Release --output "$work/plain-ahead" --use-current-runtime --self-contained false -p:PublishReadyToRun=true --verbosity quiet

redis-server --port "$redis" --bind 127.0.0.1 --save '' --dir "$work" > "$work/redis.log" &

once() { # folder, assembly
    local begin=$EPOCHREALTIME process
    (cd "$work/$1" && exec env ASPNETCORE_URLS="http://127.0.0.1:$port" AllowedHosts=127.0.0.1 SECRET=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ \
        ConnectionStrings__redis="127.0.0.1:$redis" Monitoring__DrainDelay=00:00:00 HOME="$work" dotnet "$2.dll" > "$work/$1.log" 2>&1) &
    process=$!
    until curl --silent --fail --output /dev/null --header 'X-Forwarded-Proto: https' "http://127.0.0.1:$port/"; do
        kill -0 "$process" || { cat "$work/$1.log" >&2; exit 1; }
        sleep 0.005
    done
    echo $(((${EPOCHREALTIME/./} - ${begin/./}) / 1000)) >> "$work/$1.ms"
    kill "$process"; wait "$process" 2>/dev/null || true
}

for ((turn = 0; turn <= turns; turn++)); do
    once ours WebApp; once plain plain; once plain-ahead plain
    if ((turn == 0)); then rm "$work"/*.ms; fi # the first warms the disk
done

median() { sort -n "$work/$1.ms" | sed -n "$((turns / 2 + 1))p"; }
ours=$(median ours)
for other in plain plain-ahead; do
    awk -v o="$ours" -v p="$(median "$other")" -v n="$other" -v t="$turns" 'BEGIN { printf "ours %d ms, %s %d ms: %.2f (%d turns)\n", o, n, p, o / p, t }'
done
