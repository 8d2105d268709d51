using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Errors;

/// <summary>Refuses a request in the way that every error is answered.</summary>
internal static class ErrorAnswer
{
    /// <summary>The code to quote: by it the log lines of the request are found.</summary>
    public static string CodeOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Answers with a status and the reason, in the form that the client takes.</summary>
    public static Task WriteAsync(HttpContext context, int status, string reason) =>
        WriteAsync(context, new ProblemDetails { Status = status, Detail = reason });

    /// <summary>Answers with a problem that has a status and a detail, in the form that the client takes.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status!.Value;
        var problems = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem }))
        {
            await context.Response.WriteAsync(problem.Detail!, CancellationToken.None); // to a client that takes neither JSON nor HTML
        }
    }
}
