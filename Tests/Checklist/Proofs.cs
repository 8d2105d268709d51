using Tests.AccessControl;
using Tests.Attacks;
using Tests.Caching;
using Tests.Cookies;
using Tests.CrossOrigin;
using Tests.Errors;
using Tests.Headers;
using Tests.Hosts;
using Tests.Identity;
using Tests.Limits;
using Tests.Monitoring;
using Tests.Production;
using Tests.Proxies;
using Tests.Secrets;
using Tests.Sessions;

namespace Tests.Checklist;

/// <summary>Which tests prove what an item claims; that the item itself notices is proven by its mutation.</summary>
internal static class Proofs
{
    /// <summary>The tests of each item.</summary>
    public static IReadOnlyDictionary<string, Type[]> OfItems { get; } = new Dictionary<string, Type[]>
    {
        ["cookies.policy"] = [typeof(SecureCookieTests)],
        ["cookies.prefix"] = [typeof(SecureCookieTests)],
        ["secrets.strength"] = [typeof(SecretTests)],
        ["secrets.rotation"] = [typeof(SessionTokenTests)],
        ["secrets.key-ring-shared"] = [typeof(KeyRingTests)],
        ["secrets.key-ring-wrapped"] = [typeof(KeyRingTests)],
        ["sessions.settings"] = [typeof(SessionLifetimeTests)],
        ["sessions.shared"] = [typeof(SessionTests)],
        ["sessions.round-trip"] = [typeof(SessionTests)],
        ["sessions.counter"] = [typeof(CounterTests)],
        ["sessions.cookie"] = [typeof(SessionTokenTests)],
        ["sessions.redis"] = [typeof(SessionOutageTests)],
        ["sessions.outage"] = [typeof(SessionOutageTests)],
        ["sessions.redis-password"] = [typeof(StartTests)],
        ["sessions.redis-tls"] = [typeof(RedisTlsTests)],
        ["identity.scheme"] = [typeof(SessionAuthenticationTests), typeof(SignedInSessionsTests)],
        ["identity.sessions"] = [typeof(SignedInSessionsTests)],
        ["identity.guessing"] = [typeof(RedisSignInAttemptsTests)],
        ["identity.events"] = [typeof(SecurityEventTests)],
        ["identity.clear-site-data"] = [typeof(SessionAuthenticationTests)],
        ["caching.default"] = [typeof(CacheHintTests)],
        ["caching.cookies"] = [typeof(CacheHintTests)],
        ["access-control.strangers"] = [typeof(AccessEndpointTests)],
        ["access-control.default"] = [typeof(AccessEndpointTests)],
        ["access-control.data"] = [typeof(AccessPolicyTests)],
        ["access-control.forms"] = [typeof(AntiforgeryTests)],
        ["limits.body"] = [typeof(BodyLimitTests)],
        ["limits.forms"] = [typeof(BodyLimitTests)],
        ["limits.connections"] = [typeof(ServerLimitTests), typeof(SlowClientTests)],
        ["limits.queue"] = [typeof(WorkQueueTests)],
        ["query-limits.budget"] = [typeof(Limits.Queries.QueryLimitTests)],
        ["limits.time"] = [typeof(WorkQueueTests)],
        ["limits.headers"] = [typeof(ServerLimitTests)],
        ["limits.rate"] = [typeof(RateLimitTests)],
        ["proxies.strangers"] = [typeof(TrustedProxyTests), typeof(NginxTests), typeof(HaproxyTests), typeof(CaddyTests)],
        ["proxies.hops"] = [typeof(ForwardedHeaderTests), typeof(ProxyChainTests)],
        ["hosts.names"] = [typeof(AllowedHostsTests)],
        ["headers.policy"] = [typeof(SecurityHeaderTests), typeof(HeaderOptionsTests)],
        ["headers.strength"] = [typeof(HeaderOptionsTests)],
        ["headers.origins"] = [typeof(CrossOriginTests)],
        ["headers.reports"] = [typeof(CspReportTests)],
        ["cross-origin.strangers"] = [typeof(CrossOriginTests)],
        ["headers.present"] = [typeof(SecurityHeaderTests)],
        ["production.settings"] = [typeof(StartTests)],
        ["production.needs"] = [typeof(StartGateTests)],
        ["production.debug"] = [typeof(StartGateTests)],
        ["production.errors"] = [typeof(ErrorAnswerTests)],
        ["production.https"] = [typeof(SecurityHeaderTests)],
        ["production.hsts"] = [typeof(SecurityHeaderTests)],
        ["production.version"] = [typeof(SecurityHeaderTests)],
        ["monitoring.probes"] = [typeof(ProbeTests)],
        ["monitoring.detail"] = [typeof(ProbeTests)],
        ["monitoring.drain"] = [typeof(ProbeTests)],
        ["uptime.records"] = [typeof(UptimeTests), typeof(RedisUptimeRecordsTests)],
        ["telemetry.export"] = [typeof(TelemetryTests)],
    };
}
