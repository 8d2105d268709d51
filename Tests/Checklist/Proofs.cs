using Tests.AccessControl;
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
    /// <summary>The lines of the guides, as the README names them, and the items that answer each.</summary>
    public static IReadOnlyDictionary<string, string[]> OfLines { get; } = new Dictionary<string, string[]>
    {
        ["secure cookies"] = ["cookies.policy", "cookies.prefix"],
        ["secrets"] = ["secrets.strength", "secrets.rotation"],
        ["key ring"] = ["secrets.key-ring-shared", "secrets.key-ring-wrapped"],
        ["session store"] = ["sessions.settings", "sessions.shared", "sessions.round-trip", "sessions.redis", "sessions.redis-password", "sessions.redis-tls"],
        ["visit counter"] = ["sessions.counter"],
        ["data stays on the server"] = ["sessions.cookie"],
        ["sign-in"] = ["identity.scheme", "identity.guessing", "identity.events", "identity.clear-site-data"],
        ["caching"] = ["caching.default", "caching.cookies"],
        ["access control"] = ["access-control.strangers", "access-control.forms"],
        ["limits"] = ["limits.body", "limits.time", "limits.headers", "limits.rate"],
        ["reverse proxy"] = ["proxies.strangers", "proxies.hops"],
        ["hosts"] = ["hosts.names"],
        ["headers"] = ["headers.policy", "headers.strength", "headers.present", "headers.origins"],
        ["production mode"] = ["production.settings", "production.needs", "production.debug", "production.errors", "production.https", "production.hsts", "production.version"],
        ["health"] = ["monitoring.probes", "monitoring.detail", "monitoring.drain"],
        ["telemetry"] = ["telemetry.export"],
    };

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
        ["sessions.redis-password"] = [typeof(MutationTests)],
        ["sessions.redis-tls"] = [typeof(MutationTests)],
        ["identity.scheme"] = [typeof(SessionAuthenticationTests), typeof(SignedInSessionsTests)],
        ["identity.guessing"] = [typeof(SignInThrottleTests)],
        ["identity.events"] = [typeof(SecurityEventTests)],
        ["identity.clear-site-data"] = [typeof(SessionAuthenticationTests)],
        ["caching.default"] = [typeof(CacheHintTests)],
        ["caching.cookies"] = [typeof(CacheHintTests)],
        ["access-control.strangers"] = [typeof(AccessEndpointTests)],
        ["access-control.forms"] = [typeof(AntiforgeryTests)],
        ["limits.body"] = [typeof(BodyLimitTests)],
        ["limits.time"] = [typeof(WorkQueueTests)],
        ["limits.headers"] = [typeof(ServerLimitTests)],
        ["limits.rate"] = [typeof(RateLimitTests)],
        ["proxies.strangers"] = [typeof(TrustedProxyTests), typeof(NginxTests), typeof(HaproxyTests), typeof(CaddyTests)],
        ["proxies.hops"] = [typeof(ForwardedHeaderTests), typeof(ProxyChainTests)],
        ["hosts.names"] = [typeof(AllowedHostsTests)],
        ["headers.policy"] = [typeof(SecurityHeaderTests), typeof(HeaderOptionsTests)],
        ["headers.strength"] = [typeof(HeaderOptionsTests)],
        ["headers.origins"] = [typeof(MutationTests)],
        ["headers.present"] = [typeof(SecurityHeaderTests)],
        ["production.settings"] = [typeof(StartTests)],
        ["production.needs"] = [typeof(StartTests)],
        ["production.debug"] = [typeof(StartGateTests)],
        ["production.errors"] = [typeof(ErrorAnswerTests)],
        ["production.https"] = [typeof(SecurityHeaderTests)],
        ["production.hsts"] = [typeof(SecurityHeaderTests)],
        ["production.version"] = [typeof(SecurityHeaderTests)],
        ["monitoring.probes"] = [typeof(ProbeTests)],
        ["monitoring.detail"] = [typeof(ProbeTests)],
        ["monitoring.drain"] = [typeof(ProbeTests)],
        ["telemetry.export"] = [typeof(TelemetryTests)],
    };
}
