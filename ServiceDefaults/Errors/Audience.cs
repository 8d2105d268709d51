using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace ServiceDefaults.Errors;

/// <summary>Who waits for an answer: a person with a browser, or a program.</summary>
internal static class Audience
{
    /// <summary>Whether it is a person: the request prefers HTML, and the endpoint is none that speaks JSON.</summary>
    public static bool IsPerson(HttpContext context)
    {
        // The exception handler takes the endpoint off the request, and remembers it.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var speaksJson = endpoint?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null
            && endpoint.Metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
        return !speaksJson && PrefersHtml(context.Request.GetTypedHeaders().Accept);
    }

    /// <summary>HTML has to be named: a program that takes anything sends <c>*/*</c>.</summary>
    private static bool PrefersHtml(IList<MediaTypeHeaderValue> accepted)
    {
        var html = QualityOf(accepted, type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
        return html > 0 && html >= QualityOf(accepted, type => type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
    }

    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, Func<MediaTypeHeaderValue, bool> isMeant) =>
        accepted.Where(isMeant).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
}
