using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Foundation;

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

        var problem = new ProblemDetails { Status = failure.StatusCode, Detail = failure.Answer };
        if (failure.Fields.Count > 0)
        {
            problem.Extensions["errors"] = failure.Fields;
        }

        await ErrorAnswer.WriteAsync(httpContext, problem, failure.RetryAfter);
        return true;
    }
}
