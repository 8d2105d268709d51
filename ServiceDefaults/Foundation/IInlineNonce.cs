using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>Lets one inline script or style of a response run under a content security policy.</summary>
internal interface IInlineNonce
{
    /// <summary>The nonce of this response, for the attribute <c>nonce</c>.</summary>
    /// <param name="context">The request; its response must not have started.</param>
    string Of(HttpContext context);
}
