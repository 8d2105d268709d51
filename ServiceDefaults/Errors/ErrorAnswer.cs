using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Errors;

/// <summary>Refuses a request in the way that every error is answered.</summary>
internal static class ErrorAnswer
{
    /// <summary>The code to quote: by it the log lines of the request are found.</summary>
    public static string CodeOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Answers with a status and the reason, in the form that the client takes.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        var written = await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Detail = reason },
        });
        if (!written)
        {
            await context.Response.WriteAsync(reason, context.RequestAborted); // to a client that takes neither JSON nor HTML
        }
    }
}
