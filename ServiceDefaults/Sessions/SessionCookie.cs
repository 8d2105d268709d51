using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ServiceDefaults.Cookies;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Sessions;

/// <summary>Reads and writes the session cookie.</summary>
internal sealed class SessionCookie(
    SessionToken.Signer signer,
    SecureCookies policy,
    ApplicationIdentity identity,
    SessionMeter meter,
    IOptions<SessionOptions> session,
    IOptions<SessionStoreOptions> store)
{
    private readonly string name = session.Value.Cookie.Name ?? $"{identity.Slug}-session";

    /// <summary>The token of a request; null when it has none that was made here.</summary>
    /// <remarks>A cookie that names no living session is left alone: deleting it could delete the newer one of a parallel request.</remarks>
    public SessionToken? Read(HttpContext context)
    {
        var value = context.Request.Cookies[NameFor(context)];
        var token = signer.Verify(value);
        if (token is null && value is not null)
        {
            meter.CookieRefused(value.Length == SessionToken.Length ? "forged" : "malformed");
        }

        if (token is { IsCurrent: false })
        {
            token = signer.Renew(token);
            Write(context, token);
        }

        return token;
    }

    public SessionToken Create() => signer.Create();

    public void Write(HttpContext context, SessionToken token)
    {
        var options = session.Value.Cookie.Build(context);
        options.MaxAge = store.Value.AbsoluteTimeout;
        context.Response.Cookies.Append(NameFor(context), token.Value, options);
    }

    public void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context), session.Value.Cookie.Build(context));

    private string NameFor(HttpContext context) => policy.NameFor(context, name);
}
