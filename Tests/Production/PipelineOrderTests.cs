using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Production;

/// <summary>The way of a request: the order of the middleware as the application really builds it.</summary>
public sealed class PipelineOrderTests
{
    private static readonly string[] Expected =
    [
        "RefusedBodies",
        "ResponseTimeMiddleware",
        "DrainMiddleware",
        "UntrustedForwarding",
        "TrustedForwarding",
        "ForwardedHeadersMiddleware",
        "SecurityHeaders",
        "CachingRegistration", // no-store, when nothing below says otherwise
        "ExceptionHandlerExtensions",
        "StatusCodePagesMiddleware",
        "HostFilter",
        "RequestLimits",
        "HttpsOnly", // redirection, but not for probes
        "EndpointRoutingMiddleware",
        "RequestTimeoutsMiddleware",
        "RateLimitingMiddleware",
        "CrossOriginProtection",
        "WorkQueue",
        "CookiePolicyMiddleware",
        "SessionMiddleware",
        "AuthenticationMiddleware",
        "AuthorizationMiddlewareInternal",
        "AntiforgeryMiddleware",
        "CacheHintsMiddleware",
        "SharedAnswers", // the output cache, only where a public answer may be
        "StoredAnswerMiddleware",
        "EndpointMiddleware",
    ];

    [Fact]
    public void Is_the_one_that_the_pipeline_file_tells() => Assert.Equal(Expected, NamesOf(BuildComponents()));

    private static IEnumerable<Func<RequestDelegate, RequestDelegate>> BuildComponents()
    {
        using var disposed = (IDisposable)Site.Build();
        var app = (WebApplication)disposed;
        var builder = (ApplicationBuilder)typeof(WebApplication).GetProperty("ApplicationBuilder", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(app)!;
        var components = typeof(ApplicationBuilder).GetField("_components", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(builder)!;
        return (IEnumerable<Func<RequestDelegate, RequestDelegate>>)components;
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Delegate> components) => components.Select(component => NameOf(component, 0));

    /// <summary>A middleware class is captured by the delegate that makes it; a lambda is named after the class that it is written in.</summary>
    private static string NameOf(Delegate component, int depth)
    {
        foreach (var value in component.Target is { } target ? Captured(target) : [])
        {
            switch (value)
            {
                case Type type:
                    return type.Name;
                case Delegate inner when depth < 2:
                    return NameOf(inner, depth + 1);
                default:
                    continue;
            }
        }

        var declaring = component.Method.DeclaringType!;
        while (declaring.IsNested)
        {
            declaring = declaring.DeclaringType!;
        }

        return declaring.Name;
    }

    private static IEnumerable<object?> Captured(object target) =>
        target.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance).Select(field => field.GetValue(target));
}
