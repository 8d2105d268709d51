using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Limits;
using ServiceDefaults.Limits.Queries;
using ServiceDefaults.Limits.Queue;
using ServiceDefaults.Limits.Rates;
using ServiceDefaults.Responses;

namespace ServiceDefaults;

/// <summary>Registers the limits of one request, of one client, and of all together.</summary>
public static class LimitRegistration
{
    /// <summary>Adds limits on size, time, rate and number.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddLimits(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddCheckedOptions<LimitOptions>("Limits");
        services.AddCheckedOptions<HeaderLimits>("Limits:Headers");
        services.AddCheckedOptions<QueryStringLimits>("Limits:QueryString");
        services.AddCheckedOptions<FormLimits>("Limits:Form");
        services.AddCheckedOptions<ConnectionLimits>("Limits:Connections");
        services.AddCheckedOptions<RateLimits>("Limits:Rate");
        services.AddCheckedOptions<QueueLimits>("Limits:Queue");
        services.AddQueryLimits();
        services.AddChecklistItems([.. LimitItems.All, .. FormLimitItems.All, .. QueryLimitItems.All]);
        services.AddMetrics();
        services.AddSingleton<LimitMeter>();

        services.AddSingleton<LimitAnswers>();
        services.AddSingleton<ReachedLimit>();
        services.AddSingleton(provider =>
        {
            var connections = provider.GetRequiredService<IOptions<ConnectionLimits>>().Value;
            return new AnswerPace(connections.UnsentBytes, connections.AnswerBytesPerSecond, connections.Grace, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<Backlog>();
        services.AddKeyedSingleton<RateLimiter>(WorkQueue.Places, (provider, _) =>
        {
            var limits = provider.GetRequiredService<IOptions<QueueLimits>>().Value;
            return new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.Places, QueueLimit = limits.Waiting });
        });
        services.AddHostedService<QuietMemory>();
        services.AddServerLimits();
        services.AddFormLimits();
        services.AddJsonLimits();

        // A critical line for each connection whose client goes too far would be an attacker's; kestrel.connection.duration counts them, by error.type.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        RequestTimeLimit.Add(services, builder.Logging);

        services.AddSingleton<ClientRateLimiter>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<ClientRateLimiter>((limiter, clients) =>
        {
            limiter.GlobalLimiter = clients;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
        });
    }

    /// <summary>Limits what a request may hold, and names the limit that anything below runs into.</summary>
    /// <param name="app">The application.</param>
    public static void UseRequestLimits(this WebApplication app) => app.UseMiddleware<RequestLimits>();

    /// <summary>Limits how many requests are worked on at a time.</summary>
    /// <param name="app">The application.</param>
    public static void UseWorkQueue(this WebApplication app) => app.UseMiddleware<WorkQueue>();

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var answers = rejected.HttpContext.RequestServices.GetRequiredService<LimitAnswers>();
        if (rejected.Lease is RateLease { Standing: { } standing })
        {
            await answers.WriteAsync(rejected.HttpContext, LimitHit.Rate(standing.Policy, standing.Limit, standing.Window), standing.RetryAfter);
        }
        else
        {
            await answers.WriteAsync(rejected.HttpContext, LimitHit.OwnRate, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : null);
        }
    }
}
