using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace ServiceDefaults.Caching;

/// <summary>Stands before the session, the user and the cookies of a request, and notes when one of them is looked at.</summary>
internal sealed class VisitorWatch : ISessionFeature, IHttpAuthenticationFeature, IRequestCookiesFeature
{
    private readonly CacheDecision decision;
    private readonly ISessionFeature? session;
    private readonly IHttpAuthenticationFeature user;
    private readonly IRequestCookiesFeature cookies;

    public VisitorWatch(HttpContext context, CacheDecision decision)
    {
        this.decision = decision;
        session = context.Features.Get<ISessionFeature>();
        user = context.Features.Get<IHttpAuthenticationFeature>() ?? new HttpAuthenticationFeature();
        cookies = context.Features.Get<IRequestCookiesFeature>() ?? new RequestCookiesFeature(context.Features);
        context.Features.Set<IHttpAuthenticationFeature>(this);
        context.Features.Set<IRequestCookiesFeature>(this);
        if (session is not null)
        {
            context.Features.Set<ISessionFeature>(this);
        }
    }

    ISession ISessionFeature.Session
    {
        get => Noted(session!).Session;
        set => Noted(session!).Session = value;
    }

    ClaimsPrincipal? IHttpAuthenticationFeature.User
    {
        get => Noted(user).User;
        set => Noted(user).User = value;
    }

    IRequestCookieCollection IRequestCookiesFeature.Cookies
    {
        get => Noted(cookies).Cookies;
        set => Noted(cookies).Cookies = value;
    }

    private T Noted<T>(T feature)
    {
        decision.LookAtVisitor();
        return feature;
    }
}
