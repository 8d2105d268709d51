using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Production;

/// <summary>Answers errors with problem details (RFC 9457) that hold a trace id to quote and nothing of the inside.</summary>
internal static class ErrorAnswers
{
    public static void AddErrorAnswers(this IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
            context.ProblemDetails.Extensions.Remove("exception");
            if (context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is IExpectedFailure { Fields: { Count: > 0 } fields })
            {
                context.ProblemDetails.Extensions["errors"] = fields;
            }
        });
        services.AddExceptionHandler<ExpectedFailureHandler>();
    }

    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A body that is too large, cut off or malformed is the client's error, and Kestrel has named it.
            StatusCodeSelector = exception => (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,

            // What is expected is logged where it happens, once and not for each request that it hits.
            SuppressDiagnosticsCallback = context => context.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService
        });
        app.UseStatusCodePages();
    }

    /// <summary>An exception that knows its answer gives it.</summary>
    private sealed class ExpectedFailureHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not IExpectedFailure failure)
            {
                return false;
            }

            httpContext.Response.StatusCode = failure.StatusCode;
            if (failure.RetryAfter is { } delay)
            {
                httpContext.Response.Headers.RetryAfter = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            var written = await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = { Status = failure.StatusCode, Detail = failure.Answer },
            });
            if (!written)
            {
                await httpContext.Response.WriteAsync(failure.Answer, cancellationToken);
            }

            return true;
        }
    }
}
