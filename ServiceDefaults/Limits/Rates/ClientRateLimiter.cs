using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Rates;

/// <summary>
/// Counts the requests of each client; those that may change something more strictly; and of these some in further stages, as
/// those that sign in. Of all counts the one that is nearest to its end is told with the answer.
/// </summary>
internal sealed class ClientRateLimiter(IOptions<RateLimits> limits, IEnumerable<IRateStage> stages, TimeProvider clock) : PartitionedRateLimiter<HttpContext>
{
    private readonly ClientRate requests = new("requests", limits.Value.Requests, limits.Value.Window, clock);
    private readonly IRateStage[] stages = [.. stages];
    private readonly ClientRate writes = new("writes", limits.Value.Writes, limits.Value.Window, clock);

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>Never without waiting: the middleware then asks below, and each request is counted once.</summary>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => RateLease.None;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        var standing = await CountAsync(resource, cancellationToken);
        // When it starts, and not now: what answers a refusal clears what was set before.
        resource.Response.OnStarting(() =>
        {
            RateLimitFields.Write(resource.Response.Headers, standing);
            return Task.CompletedTask;
        });
        return new RateLease(standing);
    }

    private async ValueTask<Standing> CountAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var client = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        var standing = requests.Count(client);
        if (standing.IsAllowed && IsWrite(context.Request.Method))
        {
            standing = standing.OrStricter(writes.Count(client));
            foreach (var stage in stages)
            {
                if (standing.IsAllowed && await stage.CountAsync(context, cancellationToken) is { } counted)
                {
                    standing = standing.OrStricter(counted);
                }
            }
        }

        return standing;
    }

    private static bool IsWrite(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);
}
