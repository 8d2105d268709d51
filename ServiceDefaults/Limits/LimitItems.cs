using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using ServiceDefaults.Limits.Queue;
using ServiceDefaults.Limits.Rates;

namespace ServiceDefaults.Limits;

/// <summary>What the checklist asks about limits.</summary>
internal static class LimitItems
{
    private const int MostRequests = 10_000; // of a higher limit it is enough to see that it counts: it fills up faster than it is asked

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "limits.body",
            Title = "A request body has a limit",
            Asvs = ["4.3.1"],
            Options = typeof(LimitOptions),
            Fix = "Set Limits:BodyBytes, and leave KestrelServerOptions.Limits.MaxRequestBodySize alone; one endpoint may have a limit of its own.",
            Check = inspection =>
            {
                var (server, own) = (inspection.Options<KestrelServerOptions>().Limits.MaxRequestBodySize, inspection.Options<LimitOptions>().BodyBytes);
                return new Finding(server <= own, string.Create(CultureInfo.InvariantCulture, $"Kestrel takes {server?.ToString("N0", CultureInfo.InvariantCulture) ?? "any number of"} bytes; Limits:BodyBytes is {own:N0}."));
            },
        },
        new()
        {
            Id = "limits.time",
            Title = "A request has a time limit",
            Asvs = ["4.3.1"],
            Fix = "Set Limits:RequestTime, and leave RequestTimeoutOptions.DefaultPolicy alone.",
            Check = inspection =>
            {
                var limit = inspection.Options<RequestTimeoutOptions>().DefaultPolicy?.Timeout;
                return new Finding(limit is not null, $"A request may take {(limit is null ? "for ever" : $"{limit.Value.TotalSeconds} s")}.");
            },
        },
        new()
        {
            Id = "limits.headers",
            Title = "Headers have a limit in size, number and time",
            Asvs = ["4.3.1"],
            Fix = "Leave KestrelServerOptions.Limits at or below 64 KiB, 200 headers and 30 s.",
            Check = inspection =>
            {
                var limits = inspection.Options<KestrelServerOptions>().Limits;
                return new Finding(
                    limits.RequestHeadersTimeout <= TimeSpan.FromSeconds(30) && limits.MaxRequestHeadersTotalSize <= 64 * 1024 && limits.MaxRequestHeaderCount <= 200,
                    $"Kestrel takes {limits.MaxRequestHeaderCount} headers, {limits.MaxRequestHeadersTotalSize} bytes of them, within {limits.RequestHeadersTimeout.TotalSeconds} s.");
            },
        },
        new()
        {
            Id = "limits.connections",
            Title = "Connections are limited in number, and slow ones are cut",
            Asvs = ["4.3.1"],
            Options = typeof(ConnectionLimits),
            Fix = "Set Limits:Connections, and leave KestrelServerOptions.Limits alone.",
            Check = inspection =>
            {
                var limits = inspection.Options<KestrelServerOptions>().Limits;
                var (body, answer) = (limits.MinRequestBodyDataRate, limits.MinResponseDataRate);
                return new Finding(
                    limits is { MaxConcurrentConnections: not null, MaxConcurrentUpgradedConnections: not null } && body is not null && answer is not null && limits.KeepAliveTimeout <= TimeSpan.FromHours(1),
                    string.Create(CultureInfo.InvariantCulture, $"Kestrel keeps {limits.MaxConcurrentConnections?.ToString("N0", CultureInfo.InvariantCulture) ?? "any number of"} connections, idle ones for {limits.KeepAliveTimeout.TotalSeconds} s, and cuts bodies below {body?.BytesPerSecond ?? 0} and answers below {answer?.BytesPerSecond ?? 0} bytes per second."));
            },
        },
        new()
        {
            Id = "limits.queue",
            Title = "Only so many requests are worked on at a time, and the rest wait or are refused",
            Options = typeof(QueueLimits),
            Fix = "Set Limits:Queue, and leave UseWorkQueue where it is in RequestPipeline.cs.",
            Check = async inspection =>
            {
                var (limits, places) = (inspection.Options<QueueLimits>(), inspection.Service<IServiceProvider>().GetRequiredKeyedService<RateLimiter>(WorkQueue.Places));
                var seen = await inspection.SendAsync(new() { Endpoint = context => context.Response.WriteAsync($"{limits.Places - (places.GetStatistics()?.CurrentAvailablePermits ?? limits.Places)}") });
                return new Finding(
                    int.TryParse(seen.Body, CultureInfo.InvariantCulture, out var taken) && taken > 0,
                    string.Create(CultureInfo.InvariantCulture, $"While a request was worked on, {(taken > 0 ? taken : "none")} of {limits.Places:N0} places was taken; {limits.Waiting:N0} more wait for {limits.Time.TotalSeconds} s at most."));
            },
        },
        new()
        {
            Id = "limits.rate",
            Title = "One client sends only so many requests",
            Asvs = ["2.4.1"],
            Fix = "Leave RateLimiterOptions.GlobalLimiter to AddLimits.",
            Check = async inspection =>
            {
                var limiter = inspection.Options<RateLimiterOptions>().GlobalLimiter;
                var client = new DefaultHttpContext { RequestServices = inspection.Service<IServiceProvider>() };
                client.Connection.RemoteIpAddress = SomebodyElse();
                var taken = 0;
                Standing? standing = null;
                while (limiter is not null && taken < MostRequests)
                {
                    using var lease = await limiter.AcquireAsync(client, cancellationToken: inspection.CancellationToken);
                    if (!lease.IsAcquired)
                    {
                        return new Finding(true, string.Create(CultureInfo.InvariantCulture, $"After {taken:N0} requests of one client the next was refused."));
                    }

                    standing = (lease as RateLease)?.Standing;
                    taken++;
                }

                return standing is null
                    ? new Finding(false, "However many requests one client sends, none is refused.")
                    : new Finding(standing.Remaining < standing.Limit, string.Create(CultureInfo.InvariantCulture, $"After {taken:N0} requests one client had {standing.Remaining:N0} of {standing.Limit:N0} left."));
            },
        },
    ];

    /// <summary>An address that nobody has (RFC 3849), another each time, so that no client pays for the rehearsal.</summary>
    private static IPAddress SomebodyElse() => new([0x20, 0x01, 0x0d, 0xb8, .. RandomNumberGenerator.GetBytes(12)]);
}
