using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Production;

namespace ServiceDefaults.Errors;

/// <summary>An exception that knows its answer gives it.</summary>
internal sealed class ExpectedFailureHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not IExpectedFailure failure)
        {
            return false;
        }

        if (failure.RetryAfter is { } delay)
        {
            httpContext.Response.Headers.RetryAfter = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await ErrorAnswer.WriteAsync(httpContext, failure.StatusCode, failure.Answer);
        return true;
    }
}
