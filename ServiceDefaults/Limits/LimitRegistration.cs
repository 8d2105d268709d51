using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Limits;
using ServiceDefaults.Production;

namespace ServiceDefaults;

/// <summary>Registers the limits of one request and of one client.</summary>
public static class LimitRegistration
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Adds limits on size, time and rate.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddLimits(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddCheckedOptions<LimitOptions>("Limits");
        services.AddMetrics();
        services.AddSingleton<LimitMeter>();

        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.Limits.MaxRequestBodySize = limits.Value.BodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });

        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<LimitOptions>>((timeouts, limits) =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = limits.Value.RequestTime });

        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, limits) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = SayWhenToRetry;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
                RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress ?? IPAddress.None, // the real client's: see Proxies
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.Value.RequestsPerTenSeconds, Window = Window }));
        });
    }

    private static ValueTask SayWhenToRetry(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.RequestServices.GetRequiredService<LimitMeter>().Hit("rate");
        var delay = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
        rejected.HttpContext.Response.Headers.RetryAfter =
            Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
