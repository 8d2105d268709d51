using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>Adds a stage to the limiter of clients' rates, for requests that may change something.</summary>
internal interface IRateStage
{
    /// <summary>Counts a request that all stages before have let through.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How it stands with the client; null when this stage does not count such requests.</returns>
    ValueTask<Standing?> CountAsync(HttpContext context, CancellationToken cancellationToken);
}
