using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Responses;

/// <summary>Antiforgery that does not call a form forged which is too large or malformed: it could not be read at all.</summary>
internal sealed class CandidAntiforgery(IAntiforgery inner) : IAntiforgery
{
    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => inner.GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => inner.GetTokens(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => inner.SetCookieTokenAndHeader(httpContext);

    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        try
        {
            return await inner.IsRequestValidAsync(httpContext);
        }
        catch (AntiforgeryValidationException exception) when (IsUnreadable(exception))
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        try
        {
            await inner.ValidateRequestAsync(httpContext);
        }
        catch (AntiforgeryValidationException exception) when (IsUnreadable(exception))
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }

    private static bool IsUnreadable(AntiforgeryValidationException exception) => exception.InnerException is InvalidDataException or IOException;
}
