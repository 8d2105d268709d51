using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Caching;

/// <summary>Which endpoints the server's cache is asked for, and under which key.</summary>
/// <remarks>
/// Those with a public hint; and those whose code gave one, from their second answer on: asking for all the others would
/// cost each of their requests a round trip to Redis.
/// </remarks>
internal sealed class SharedAnswers(IOptions<AuthorizationOptions> authorization, CacheMeter meter) : IOutputCachePolicy
{
    private static readonly object Known = new();

    /// <summary>What another build has made may name files that this one does not have.</summary>
    private static readonly string Build = (Assembly.GetEntryAssembly() ?? typeof(SharedAnswers).Assembly).ManifestModule.ModuleVersionId.ToString("N");

    private readonly ConditionalWeakTable<Endpoint, object> learned = [];

    /// <summary>Whether the answer may be among the stored ones.</summary>
    public bool MayHave(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<CacheDecision>() is { IsPersonal: false } decision
        && (decision.Hints.Policy is { AllowsCaching: true, Scope: CacheScope.Public } || learned.TryGetValue(context.GetEndpoint()!, out _))
        && !context.Request.Path.Value.AsSpan().ContainsAnyInRange('\0', '\x1f'); // the framework makes no key of those, and under none they would wait for each other's answers

    /// <summary>An endpoint's code gave a public hint.</summary>
    public void Learn(Endpoint endpoint) => learned.TryAdd(endpoint, Known);

    /// <summary>Whether only some may ask: the same answer is then not for everybody, whatever a hint says.</summary>
    public bool AreGuarded(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && (authorization.Value.FallbackPolicy is not null
            || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
            || endpoint.Metadata.GetMetadata<IAuthorizationRequirementData>() is not null);

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (!MayHave(context.HttpContext))
        {
            return ValueTask.CompletedTask; // an output cache that the application uses by itself stores what its own policies say
        }

        var decision = context.HttpContext.Features.GetRequiredFeature<CacheDecision>();
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = decision.IsAnonymous; // what was made for a session or for credentials is never stored
        context.AllowLocking = true;
        context.CacheVaryByRules.CacheKeyPrefix = KeyOf(context.HttpContext, decision.Hints.Policy?.VaryBy ?? []);
        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (context.HttpContext.Features.Get<CacheDecision>() is { } decision)
        {
            decision.IsFromCache = true;
            meter.Asked("hit");
        }

        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>
    /// A hash of all that the answer may depend on, each with its length: the framework's own key joins decoded parts by
    /// control characters, and a request that contains such characters could be made to look like another.
    /// </summary>
    private static string KeyOf(HttpContext context, IReadOnlyCollection<string> varyBy)
    {
        var request = context.Request;
        var parts = new StringBuilder();
        Append(Build);
        Append(request.Scheme);
        Append(request.Host.Value);
        Append(request.PathBase.Value);
        Append(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        foreach (var header in varyBy)
        {
            Append(header.ToUpperInvariant());
            Append(request.Headers[header].ToString());
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts.ToString())));

        void Append(string? part) => parts.Append(part?.Length ?? 0).Append(':').Append(part);
    }
}
