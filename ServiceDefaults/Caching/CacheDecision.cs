using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.Foundation;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Caching;

/// <summary>All that decides whether the answer to one request may be kept, and by whom.</summary>
internal sealed class CacheDecision
{
    private const string PrivateNoStore = "private, no-store";

    private readonly HttpContext context;

    public CacheDecision(HttpContext context)
    {
        this.context = context;
        Hints = new CacheHints(this);
        IsAnonymous = context.Features.Get<ISessionFeature>()?.Session is not RequestSession { Exists: true }
            && context.Features.Get<IHttpAuthenticationFeature>()?.User?.Identity?.IsAuthenticated != true
            && context.Request.Headers.Authorization.Count == 0;
    }

    public CacheHints Hints { get; }

    /// <summary>The request carries neither a session nor credentials: the answer can hold nothing of a user. Only such answers may be public.</summary>
    public bool IsAnonymous { get; }

    /// <summary>Who asked has been looked at, by the session, the user or a cookie: the answer could differ for another visitor.</summary>
    public bool IsPersonal { get; private set; }

    /// <summary>The answer was stored before, and so was its policy.</summary>
    public bool IsFromCache { get; set; }

    /// <summary>The endpoint has ended: who looks at the visitor now, a log perhaps, no longer changes the answer.</summary>
    public bool IsOver { get; set; }

    /// <summary>The answer was made now, under a hint: its tag and its policy are known when it is complete.</summary>
    public bool HasReasonToHold => !IsFromCache && HasHints;

    /// <summary>Something was said about caches. That none may keep the answer is the strictest hint of all.</summary>
    private bool HasHints => Hints.Policy is not null || Uncacheable.Is(context);

    /// <summary>What the endpoint threw, kept from the requests that wait for the same answer.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Writes <c>Cache-Control</c> and <c>Vary</c>. By the time the response starts everything has to be known; before, nothing is final.</summary>
    public static void WriteHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        var decision = context.Features.Get<CacheDecision>();
        if (!CanBeKept(context))
        {
            // Some parts of the framework say it in older ways, too; a 404 that hides something has to look like any other.
            headers.CacheControl = PrivateNoStore;
            headers.Remove(HeaderNames.Pragma);
            headers.Remove(HeaderNames.Expires);
        }
        else if (decision is null or { IsFromCache: true })
        {
            headers.CacheControl = headers.CacheControl is { Count: > 0 } own ? own : PrivateNoStore;
        }
        else if (!decision.HasHints)
        {
            headers.CacheControl = decision.AllowsOwnHeader() ? headers.CacheControl : PrivateNoStore;
        }
        else if (decision.Policy() is { } policy)
        {
            headers.CacheControl = policy.ToString();
            headers.Vary = VaryOf(headers, policy);
        }
        else
        {
            headers.CacheControl = PrivateNoStore;
        }
    }

    /// <summary>What the hints come to for the answer as it is now; null when it may not be kept.</summary>
    public CachePolicy? Policy() =>
        !IsPersonal && !Uncacheable.Is(context) && CanBeKept(context) && !Says("no-store") && Hints.Policy is { AllowsCaching: true } policy
            ? policy with { Scope = IsAnonymous ? policy.Scope : CacheScope.Private }
            : null;

    /// <summary>The code that makes the answer looks at who asked.</summary>
    public void LookAtVisitor()
    {
        if (!IsOver)
        {
            EnsureCanChange();
            IsPersonal = true;
        }
    }

    private static bool CanBeKept(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Response.StatusCode < StatusCodes.Status400BadRequest
        && !context.Response.Headers.ContainsKey(HeaderNames.SetCookie);

    private static Microsoft.Extensions.Primitives.StringValues VaryOf(IHeaderDictionary headers, CachePolicy policy)
    {
        var missing = policy.VaryBy.Except(headers.GetCommaSeparatedValues(HeaderNames.Vary), StringComparer.OrdinalIgnoreCase).ToArray();
        return missing.Length == 0 ? headers.Vary : string.Join(", ", [.. headers.GetCommaSeparatedValues(HeaderNames.Vary), .. missing]);
    }

    /// <summary>An answer may bring a Cache-Control of its own, which is public only for visitors of whom it can hold nothing.</summary>
    private bool AllowsOwnHeader() =>
        context.Response.Headers.CacheControl.Count > 0 && !IsPersonal && (IsAnonymous || Says("private") || Says("no-store"));

    private bool Says(string directive) => HeaderUtilities.ContainsCacheDirective(context.Response.Headers.CacheControl, directive);

    /// <summary>An answer that has left as one that may be kept cannot be called back: better it breaks off, and no cache keeps a part.</summary>
    /// <exception cref="InvalidOperationException">It has left.</exception>
    public void EnsureCanChange()
    {
        if (context.Response.HasStarted && !IsOver && !Says("no-store"))
        {
            throw new InvalidOperationException(
                $"The response has started with Cache-Control: {context.Response.Headers.CacheControl}, and what follows would change that. Give hints, and look at the session, the user or cookies, before the first byte is written.");
        }
    }
}
