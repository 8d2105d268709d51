using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Errors;

namespace ServiceDefaults.Identity;

/// <summary>
/// Answers a sign-in at a remote provider, OpenID Connect or another, that came to nothing. The framework makes a 500 of it and
/// tells nobody why.
/// </summary>
/// <param name="events">Tells the operators.</param>
internal sealed class RemoteSignInFailures(SecurityEvents events) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not AuthenticationFailureException)
        {
            return false;
        }

        var cause = exception.InnerException ?? exception;
        events.RemoteSignInFailed(cause.Message);
        await ErrorAnswer.WriteAsync(httpContext, cause is HttpRequestException or OperationCanceledException ? Unreachable : Unfinished);
        return true;
    }

    private static ProblemDetails Unfinished => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Detail = "The sign-in was not finished: it was cancelled, took too long, or began in another browser. Nobody was signed in. Begin again.",
    };

    private static ProblemDetails Unreachable => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = "The provider that signs people in did not answer. Nobody was signed in. Try again in a moment.",
    };
}
