namespace Tests.Checklist;

/// <summary>A line of the guides: what answers it, and what proves that.</summary>
/// <param name="Name">The line.</param>
/// <param name="What">What is on by default, in Markdown.</param>
internal sealed record Line(string Name, string What)
{
    /// <summary>Its pages in <c>docs</c>, the one of its items first.</summary>
    public required string[] Pages { get; init; }

    /// <summary>The items of the checklist that examine it.</summary>
    public required string[] Items { get; init; }

    /// <summary>The files, or folders, of tests that prove it.</summary>
    public required string[] Tests { get; init; }

    /// <summary>As a row of the README.</summary>
    /// <returns>Markdown.</returns>
    public override string ToString() =>
        $"| {Name} | {What} | {string.Join(", ", Pages.Select(page => $"[{page}](docs/{page}.md)"))} | {string.Join(", ", Tests.Select(path => $"[{(path.EndsWith(".cs", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : path)}]({path})"))} |";
}

/// <summary>All lines, in the order in which the README has them.</summary>
internal static class Lines
{
    public static IReadOnlyList<Line> All { get; } =
    [
        new("secure cookies", "`__Host-` on the session's and antiforgery's; `Secure`, `HttpOnly`, `SameSite=Lax` on all")
        {
            Pages = ["cookies"],
            Items = ["cookies.policy", "cookies.prefix"],
            Tests = ["Tests/Cookies/SecureCookieTests.cs"],
        },
        new("secrets", "one `SECRET`; weak, sample and committed ones stop the start; rotation")
        {
            Pages = ["secrets"],
            Items = ["secrets.strength", "secrets.rotation"],
            Tests = ["Tests/Secrets/SecretTests.cs", "Tests/Secrets/SecretSourceTests.cs", "Tests/Sessions/SessionTokenTests.cs"],
        },
        new("key ring", "Data Protection keys shared in Redis, wrapped under `SECRET`")
        {
            Pages = ["secrets"],
            Items = ["secrets.key-ring-shared", "secrets.key-ring-wrapped"],
            Tests = ["Tests/Secrets/KeyRingTests.cs", "Tests/Secrets/KeyRingPlaceTests.cs"],
        },
        new("session store", "Redis; no lost update, saved before the response, 503 in an outage, idle and absolute limit")
        {
            Pages = ["sessions"],
            Items = ["sessions.settings", "sessions.shared", "sessions.round-trip", "sessions.outage", "sessions.redis", "sessions.redis-password", "sessions.redis-tls"],
            Tests = ["Tests/Sessions/SessionTests.cs", "Tests/Sessions/SessionLifetimeTests.cs", "Tests/Sessions/SessionOutageTests.cs", "Tests/Sessions/StorageTests.cs", "Tests/Sessions/RedisTlsTests.cs", "Tests/Production/StartTests.cs"],
        },
        new("visit counter", "`/counter`, exact under parallel requests and over replicas")
        {
            Pages = ["sessions"],
            Items = ["sessions.counter"],
            Tests = ["Tests/Sessions/CounterTests.cs", "Tests/Browser/HomePageTests.cs"],
        },
        new("data stays on the server", "the cookie is a signed random id")
        {
            Pages = ["sessions"],
            Items = ["sessions.cookie"],
            Tests = ["Tests/Sessions/SessionTokenTests.cs"],
        },
        new("sign-in", "kept in the session, new id; list and end one's sessions; guessing bounded over all replicas")
        {
            Pages = ["identity"],
            Items = ["identity.scheme", "identity.sessions", "identity.guessing", "identity.events", "identity.clear-site-data"],
            Tests = ["Tests/Identity"],
        },
        new("caching", "`private, no-store` without a hint; hints from endpoints, pages and data code make one policy, with ETag and 304; public answers are shared by replicas and evicted by tag")
        {
            Pages = ["caching"],
            Items = ["caching.default", "caching.cookies"],
            Tests = ["Tests/Caching"],
        },
        new("access control", "policies for operations, items and fields; denied unless a rule allows it, endpoints too")
        {
            Pages = ["access-control"],
            Items = ["access-control.strangers", "access-control.default", "access-control.data", "access-control.forms"],
            Tests = ["Tests/AccessControl", "Tests/CrossOrigin/AntiforgeryTests.cs"],
        },
        new("limits", "on bodies, forms, JSON, queries, headers, time, rate and connections; a 4xx that names the limit; a bounded queue; slow clients are cut")
        {
            Pages = ["limits", "attacks"],
            Items = ["limits.body", "limits.forms", "limits.time", "limits.headers", "limits.connections", "limits.queue", "limits.rate"],
            Tests = ["Tests/Limits", "Tests/Attacks"],
        },
        new("query limits", "100 results of a list, 1,000 of a request; signed cursors")
        {
            Pages = ["query-limits"],
            Items = ["query-limits.budget"],
            Tests = ["Tests/Limits/Queries"],
        },
        new("reverse proxy", "forwarded headers from trusted proxies only; configurations for nginx, HAProxy and Caddy")
        {
            Pages = ["proxies"],
            Items = ["proxies.strangers", "proxies.hops"],
            Tests = ["Tests/Proxies"],
        },
        new("hosts", "the site's own names and no other; required in Production")
        {
            Pages = ["hosts"],
            Items = ["hosts.names"],
            Tests = ["Tests/Hosts/AllowedHostsTests.cs"],
        },
        new("headers", "content security policy without scripts, HSTS, isolation; Observatory A+, 135 points")
        {
            Pages = ["headers"],
            Items = ["headers.policy", "headers.strength", "headers.present", "headers.reports", "headers.origins"],
            Tests = ["Tests/Headers/SecurityHeaderTests.cs", "Tests/Headers/HeaderOptionsTests.cs", "Tests/Headers/ScannerTests.cs", "Tests/Headers/NonceTests.cs", "Tests/Headers/CspReportTests.cs", "Tests/CrossOrigin/CrossOriginTests.cs"],
        },
        new("other sites", "origin checked, a token in every form, CORS closed")
        {
            Pages = ["cross-origin"],
            Items = ["cross-origin.strangers"],
            Tests = ["Tests/CrossOrigin/CrossOriginTests.cs", "Tests/CrossOrigin/AntiforgeryTests.cs"],
        },
        new("errors", "problem details for programs, a page for people, nothing of the inside; what you may not see does not exist")
        {
            Pages = ["errors"],
            Items = [],
            Tests = ["Tests/Errors/ErrorAnswerTests.cs", "Tests/Errors/ErrorPageTests.cs"],
        },
        new("production mode", "a verified start, HTTPS only")
        {
            Pages = ["production"],
            Items = ["production.settings", "production.needs", "production.debug", "production.errors", "production.https", "production.hsts", "production.version"],
            Tests = ["Tests/Production/StartTests.cs", "Tests/Checklist/StartGateTests.cs", "Tests/Errors/ErrorAnswerTests.cs", "Tests/Headers/SecurityHeaderTests.cs"],
        },
        new("health", "`/alive`, `/ready`, `/health`; storms of probes stop at one answer that is kept; a stop drains")
        {
            Pages = ["monitoring"],
            Items = ["monitoring.probes", "monitoring.detail", "monitoring.drain"],
            Tests = ["Tests/Monitoring/ProbeTests.cs", "Tests/Monitoring/ReadinessTests.cs"],
        },
        new("uptime", "`/uptime` for pingers, `/status` for people: 90 days, response times, outages")
        {
            Pages = ["uptime"],
            Items = ["uptime.records"],
            Tests = ["Tests/Monitoring/UptimeTests.cs", "Tests/Monitoring/UptimeRecordsTests.cs", "Tests/Monitoring/StatusPageTests.cs", "Tests/Monitoring/BlackboxTests.cs"],
        },
        new("telemetry", "OpenTelemetry with instruments of its own and nothing personal; JSON logs")
        {
            Pages = ["telemetry"],
            Items = ["telemetry.export"],
            Tests = ["Tests/Monitoring/TelemetryTests.cs", "Tests/Monitoring/ConsoleLogTests.cs"],
        },
        new("the checklist", "each line checks itself: before the start, as a command, as a page")
        {
            Pages = ["checklist"],
            Items = [],
            Tests = ["Tests/Checklist"],
        },
        new("the audit", "the checklist as far as any site shows it: `dotnet dev.cs check https://site`")
        {
            Pages = ["audit"],
            Items = [],
            Tests = ["Tests/Audit"],
        },
        new("orchestration", "generated secrets, Redis with password, two replicas, commands on the dashboard")
        {
            Pages = ["orchestration"],
            Items = [],
            Tests = ["Tests/AppHost/OrchestrationTests.cs", "Tests/AppHost/AspireCliTests.cs", "Tests/Garnet/GarnetTests.cs"],
        },
        new("deployment", "hardened Docker Compose files or a Helm chart, without a secret in them")
        {
            Pages = ["deployment"],
            Items = [],
            Tests = ["Tests/AppHost/PublishedFilesTests.cs", "Tests/AppHost/ManifestTests.cs"],
        },
    ];
}
