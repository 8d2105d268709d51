using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Foundation;
using ServiceDefaults.Headers;
using ServiceDefaults.Identity;
using ServiceDefaults.Limits.Queries;
using ServiceDefaults.Limits.Queue;
using ServiceDefaults.Sessions;
using ServiceDefaults.Uptime;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>For each item, the one thing that breaks it and nothing else: a setting, or a line that somebody might write.</summary>
internal static class Mutations
{
    public static IReadOnlyDictionary<string, Func<CheckedShop, CheckedShop>> All { get; } = new Dictionary<string, Func<CheckedShop, CheckedShop>>
    {
        ["production.settings"] = After(services => services.AddOptions<OtherOptions>().Validate(_ => false, "Other:Name is not set. Set it.").ValidateOnStart()),
        ["production.needs"] = After(services => services.AddSingleton<IStartCheck, MissesItsVolume>()),
        ["production.debug"] = Setting("DetailedErrors", "true"),
        ["production.errors"] = After(services => services.PostConfigure<ProblemDetailsOptions>(problems =>
            problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["debug"] = context.HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Error.Message)),
        ["production.https"] = After(services => services.PostConfigure<HttpsRedirectionOptions>(redirection => redirection.HttpsPort = -1)),
        ["production.hsts"] = After(services => services.Configure<HstsOptions>(hsts => hsts.MaxAge = TimeSpan.FromDays(30))),
        ["production.version"] = After(services => services.PostConfigure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = true)),

        ["secrets.strength"] = Setting("SECRET", "password-password-password-password-password-password"),
        ["secrets.rotation"] = Setting("SECRET_PREVIOUS", Site.Secret),
        ["secrets.key-ring-shared"] = After(services => services.PostConfigure<KeyManagementOptions>(keys => keys.XmlRepository = LocalFolder())),
        ["secrets.key-ring-wrapped"] = After(services => services.PostConfigure<KeyManagementOptions>(keys => keys.XmlEncryptor = null)),

        ["sessions.redis"] = shop => shop with { Settings = new() { ["REDIS_URL"] = $"redis://127.0.0.1:{FreePort.Next()}" } },
        ["sessions.redis-password"] = shop => shop with { Settings = new() { ["REDIS_URL"] = $"redis://127.0.0.1:{shop.Redis.Port}" } },
        ["sessions.redis-tls"] = shop => shop with { Settings = new() { ["REDIS_URL"] = shop.Redis.Url.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal) } },
        ["sessions.settings"] = Setting("Session:IdleTimeout", "60.00:00:00"),
        ["sessions.shared"] = Setting("Session:Store", "Memory"),
        ["sessions.round-trip"] = Before(services => services.AddSingleton<ISessionStorage>(provider => new SpoiltStorage(ActivatorUtilities.CreateInstance<RedisSessionStorage>(provider), ends: false))),
        ["sessions.counter"] = Before(services => services.AddSingleton<ISessionStorage>(provider => new SpoiltStorage(ActivatorUtilities.CreateInstance<RedisSessionStorage>(provider), counts: false))),
        ["sessions.outage"] = shop => shop with { Inside = app => app.Use(PretendAllIsWell) },
        ["sessions.cookie"] = Setting("Session:Cookie:Name", new string('x', 4096)),

        ["cookies.policy"] = After(services => services.PostConfigure<CookiePolicyOptions>(policy => policy.OnAppendCookie = cookie => cookie.CookieOptions.Secure = !cookie.CookieName.Contains("careless", StringComparison.Ordinal))),
        ["cookies.prefix"] = After(services => services.PostConfigure<AntiforgeryOptions>(antiforgery => antiforgery.Cookie.Name = "token")),

        ["proxies.strangers"] = Setting("Proxies:Trusted:0", "0.0.0.0/0"),
        ["proxies.hops"] = After(services => services.PostConfigure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardLimit = null)),

        ["hosts.names"] = Setting("AllowedHosts", ""),

        ["headers.policy"] = Outside((headers, _) => headers.ContentSecurityPolicy = "script-src 'unsafe-inline'"),
        ["headers.strength"] = After(services => services.Configure<SecurityHeadersOptions>(headers => headers.ReferrerPolicy = "origin")),
        ["headers.reports"] = Outside((headers, _) => headers.Remove("Reporting-Endpoints")),
        ["headers.origins"] = Outside((headers, context) => headers.AccessControlAllowOrigin = context.Request.Headers.Origin),
        ["headers.present"] = Outside((headers, _) => headers.Remove("X-Content-Type-Options")),

        ["identity.scheme"] = After(services => services.AddAuthentication().AddCookie("Other").Services.PostConfigure<AuthenticationOptions>(authentication => authentication.DefaultSignInScheme = "Other")),
        ["identity.sessions"] = Before(services => services.AddSingleton<ISignInRecords, Forgetful>()),
        ["identity.guessing"] = Setting("SignIn:AttemptsPerName", "1000000"),
        ["identity.events"] = Setting("Logging:LogLevel:ServiceDefaults.Identity", "None"),
        ["identity.clear-site-data"] = After(services => services.PostConfigure<SessionAuthenticationOptions>(SessionAuthenticationOptions.Scheme, session => session.ClearSiteData = "\"cookies\"")),

        ["access-control.strangers"] = After(services => services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build())),
        ["access-control.forms"] = After(services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(IAntiforgery)).ImplementationFactory!;
            services.AddSingleton<IAntiforgery>(provider => new Gullible((IAntiforgery)real(provider)));
        }),

        ["access-control.default"] = After(services => services.PostConfigure<AuthorizationOptions>(authorization => authorization.FallbackPolicy = null)),
        ["access-control.data"] = After(services => services.AddAccessPolicy<GuestBook>()),
        ["cross-origin.strangers"] = shop => shop with { Outside = app => app.Use(WithoutOrigin) },

        ["limits.body"] = After(services => services.PostConfigure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null)),
        ["limits.time"] = After(services => services.PostConfigure<RequestTimeoutOptions>(timeouts => timeouts.DefaultPolicy = null)),
        ["limits.headers"] = After(services => services.PostConfigure<KestrelServerOptions>(kestrel => kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(10))),
        ["limits.forms"] = After(services => services.PostConfigure<FormOptions>(form => form.ValueCountLimit = int.MaxValue)),
        ["limits.connections"] = After(services => services.PostConfigure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxConcurrentConnections = null)),
        ["limits.queue"] = After(services => services.AddKeyedSingleton(WorkQueue.Places, RateLimiter (_, _) => new TokenBucketRateLimiter(Plenty))),
        ["query-limits.budget"] = After(services => services.AddTransient(provider => new LimitedQueries(
            provider.GetRequiredService<IOptions<QueryLimitOptions>>(), ActivatorUtilities.CreateInstance<QueryBudget>(provider), provider.GetRequiredService<Cursors>()))),
        ["limits.rate"] = After(services => services.PostConfigure<RateLimiterOptions>(limiter => limiter.GlobalLimiter = null)),

        ["caching.default"] = shop => shop with
        {
            Inside = app => app.Use((context, next) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=60";
                return next(context);
            }),
        },
        ["caching.cookies"] = Outside((headers, _) => headers.CacheControl = headers.SetCookie.Count > 0 ? "public, max-age=60" : headers.CacheControl),

        ["monitoring.probes"] = shop => shop with { HasProbes = false, Inside = app => app.MapGet("/health", () => Results.Text("Healthy")).AllowAnonymous() },
        ["monitoring.detail"] = shop => shop with { Outside = app => app.Map("/health", branch => branch.Run(context => context.Response.WriteAsync("{\"redis\":\"10.0.0.7\"}"))) },
        ["monitoring.drain"] = Setting("Monitoring:DrainDelay", "00:00:00"),
        ["uptime.records"] = Before(services => services.AddSingleton<IUptimeRecords, MemoryUptimeRecords>()),
        ["telemetry.export"] = Setting("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
    };

    private static Func<CheckedShop, CheckedShop> Setting(string key, string value) => shop => shop with { Settings = new() { [key] = value } };

    private static Func<CheckedShop, CheckedShop> Before(Action<IServiceCollection> register) => shop => shop with { Before = register };

    private static Func<CheckedShop, CheckedShop> After(Action<IServiceCollection> register) => shop => shop with { After = register };

    /// <summary>Somebody's middleware before the pipeline, which has the last word about headers.</summary>
    private static Func<CheckedShop, CheckedShop> Outside(Action<IHeaderDictionary, HttpContext> change) => shop => shop with
    {
        Outside = app => app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                change(context.Response.Headers, context);
                return Task.CompletedTask;
            });
            return next(context);
        }),
    };

    private static FileSystemXmlRepository LocalFolder() => new(Directory.CreateTempSubdirectory("keys-"), NullLoggerFactory.Instance);

    private static TokenBucketRateLimiterOptions Plenty => new() { TokenLimit = 1000, TokensPerPeriod = 1000, ReplenishmentPeriod = TimeSpan.FromMilliseconds(1) };

    private static async Task PretendAllIsWell(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (SessionStoreUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    /// <summary>As a proxy does that passes on what it knows, and nothing else.</summary>
    private static Task WithoutOrigin(HttpContext context, RequestDelegate next)
    {
        context.Request.Headers.Remove("Origin");
        context.Request.Headers.Remove("Sec-Fetch-Site");
        return next(context);
    }

    private sealed class OtherOptions;

    private sealed class GuestBook : AccessPolicy<Book>
    {
        public GuestBook() => Allow(Operation.Create, Everyone);
    }

    /// <summary>Records sign-ins, and finds none of them again.</summary>
    private sealed class Forgetful : ISignInRecords
    {
        public Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken) => Task.FromResult(1);

        public Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SignInRecord>>([]);

        public Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Takes every form for this site's own.</summary>
    private sealed class Gullible(IAntiforgery real) : IAntiforgery
    {
        public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => real.GetAndStoreTokens(httpContext);

        public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => real.GetTokens(httpContext);

        public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Task.FromResult(true);

        public Task ValidateRequestAsync(HttpContext httpContext) => Task.CompletedTask;

        public void SetCookieTokenAndHeader(HttpContext httpContext) => real.SetCookieTokenAndHeader(httpContext);
    }
}
