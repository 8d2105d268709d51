using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Headers;

/// <summary>Gives <see cref="CspNonce"/> to those who must not depend on there being a policy.</summary>
internal sealed class InlineNonce : IInlineNonce
{
    public string Of(HttpContext context) => CspNonce.Of(context);
}
