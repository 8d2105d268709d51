using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Errors;

namespace ServiceDefaults.Limits;

/// <summary>Answers a request that has reached a limit. All such answers but the server's own are given here.</summary>
internal sealed partial class LimitAnswers(LimitMeter meter, ILogger<LimitAnswers> logger)
{
    /// <summary>Answers with problem details (RFC 9457) that name the limit and its value.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="hit">The limit.</param>
    /// <param name="retryAfter">When another attempt makes sense; null when it does not.</param>
    public Task WriteAsync(HttpContext context, LimitHit hit, TimeSpan? retryAfter = null)
    {
        meter.Hit(hit.Limit);
        LogHit(hit.Limit, hit.Maximum);
        var problem = new ProblemDetails { Status = hit.StatusCode, Detail = hit.Sentence, Extensions = { ["limit"] = hit.Limit } };
        if (hit.Maximum is { } maximum)
        {
            problem.Extensions["maximum"] = maximum;
        }

        return WriteAsync(context, problem, retryAfter);
    }

    /// <summary>Answers a request that is not too large but cannot be read.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="problem">What is wrong, and where.</param>
    public static Task WriteMalformedAsync(HttpContext context, ProblemDetails problem) => WriteAsync(context, problem, retryAfter: null);

    private static Task WriteAsync(HttpContext context, ProblemDetails problem, TimeSpan? retryAfter)
    {
        context.Response.Clear();
        return ErrorAnswer.WriteAsync(context, problem, retryAfter);
    }

    // Not above Debug: whoever runs into limits on purpose must not fill the log.
    [LoggerMessage(LogLevel.Debug, "A request reached the limit {Limit} ({Maximum}).")]
    private partial void LogHit(string limit, long? maximum);
}
