using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Errors;

/// <summary>Refuses a request in the way that every error is answered.</summary>
internal static class ErrorAnswer
{
    /// <summary>MVC writes nothing for a controller without <c>[ApiController]</c>, even to a program that has to be told why.</summary>
    private static readonly EndpointMetadataCollection ForPrograms = new(new ApiControllerAttribute());

    /// <summary>The code to quote: by it the log lines of the request are found.</summary>
    public static string CodeOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Answers with a status and the reason, in the form that the client takes.</summary>
    public static Task WriteAsync(HttpContext context, int status, string reason) =>
        WriteAsync(context, new ProblemDetails { Status = status, Detail = reason });

    /// <summary>Answers with a problem that has a status and a detail, in the form that the client takes.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="retryAfter">When another attempt makes sense; null when it does not.</param>
    public static async Task WriteAsync(HttpContext context, ProblemDetails problem, TimeSpan? retryAfter = null)
    {
        context.Response.StatusCode = problem.Status!.Value;
        if (retryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture); // never too early
        }

        var problems = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem, AdditionalMetadata = ForPrograms }))
        {
            await context.Response.WriteAsync(problem.Detail!, CancellationToken.None); // to a client that takes neither JSON nor HTML
        }
    }
}
