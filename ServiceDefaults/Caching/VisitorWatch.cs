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
    private readonly IFeatureCollection features;
    private IHttpAuthenticationFeature? user;
    private IRequestCookiesFeature? cookies;

    public VisitorWatch(HttpContext context, CacheDecision decision)
    {
        this.decision = decision;
        features = context.Features;
        session = features.Get<ISessionFeature>();
        user = features.Get<IHttpAuthenticationFeature>();
        cookies = features.Get<IRequestCookiesFeature>();
        features.Set<IHttpAuthenticationFeature>(this);
        features.Set<IRequestCookiesFeature>(this);
        if (session is not null)
        {
            features.Set<ISessionFeature>(this);
        }
    }

    ISession ISessionFeature.Session
    {
        get => Noted(session!).Session;
        set => Noted(session!).Session = value;
    }

    ClaimsPrincipal? IHttpAuthenticationFeature.User
    {
        get => Noted(user ??= new HttpAuthenticationFeature()).User;
        set => Noted(user ??= new HttpAuthenticationFeature()).User = value;
    }

    IRequestCookieCollection IRequestCookiesFeature.Cookies
    {
        get => Noted(cookies ??= new RequestCookiesFeature(features)).Cookies;
        set => Noted(cookies ??= new RequestCookiesFeature(features)).Cookies = value;
    }

    private T Noted<T>(T feature)
    {
        decision.LookAtVisitor();
        return feature;
    }
}
