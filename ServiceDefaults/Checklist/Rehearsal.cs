using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using ServiceDefaults.Hosts;
using ServiceDefaults.Redis;

namespace ServiceDefaults.Checklist;

/// <summary>
/// Sends requests through the application's own pipeline without a server, so that the checklist sees what a visitor would
/// see, before there can be a visitor.
/// </summary>
/// <param name="contexts">Makes a request's context, as for a server.</param>
/// <param name="hosts">Under which names the site answers.</param>
public sealed class Rehearsal(IHttpContextFactory contexts, IOptions<AllowedHostsOptions> hosts) : IInProcessPipeline
{
    /// <summary>The whole way of a request, which the server takes as it is; null before <see cref="Prepare(WebApplication)"/>.</summary>
    internal Lazy<RequestDelegate>? Pipeline { get; private set; }

    /// <summary>A name under which this site answers; one that visitors use rather than one of this machine.</summary>
    public string Host { get; } = (hosts.Value.Names.OrderBy(ThisMachine.Is).ThenBy(name => name.StartsWith('*')).FirstOrDefault() ?? "*") switch
    {
        "*" => "site.example",
        var name when name.StartsWith("*.", StringComparison.Ordinal) => "www" + name[1..],
        var name => new HostString(name).ToUriComponent(),
    };

    /// <summary>Builds an application that can be asked before it listens.</summary>
    internal static WebApplication Prepare(WebApplicationBuilder builder, Action<WebApplication> configure)
    {
        var app = builder.Build();
        RedisAnswers.Begin(app.Services); // while the endpoints are mapped
        configure(app);
        app.Services.GetRequiredService<Rehearsal>().Prepare(app);
        return app;
    }

    /// <summary>Takes the application's pipeline as it is; call it when all middleware and endpoints are there.</summary>
    internal void Prepare(WebApplication app)
    {
        app.UseEndpoints(_ => { }); // by name, else the host adds it, later
        Pipeline = new Lazy<RequestDelegate>(() =>
        {
            Action<IApplicationBuilder> configure = builder => builder.Run(((IApplicationBuilder)app).Build());
            foreach (var filter in app.Services.GetServices<IStartupFilter>().Where(filter => filter is not RehearsedPipeline).Reverse())
            {
                configure = filter.Configure(configure);
            }

            var whole = new ApplicationBuilder(app.Services, ((IApplicationBuilder)app).ServerFeatures);
            if (app.Environment.IsDevelopment())
            {
                whole.UseDeveloperExceptionPage(); // as the host does, around what handles its errors itself
            }

            configure(whole);
            return whole.Build();
        });
    }

    /// <inheritdoc />
    /// <remarks>Apart from whatever request asks for it: neither sees the other's context or trace.</remarks>
    public Task<RehearsedAnswer> SendAsync(RehearsedRequest request, CancellationToken cancellationToken)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => SendAloneAsync(request, cancellationToken), cancellationToken);
        }
    }

    private async Task<RehearsedAnswer> SendAloneAsync(RehearsedRequest request, CancellationToken cancellationToken)
    {
        await using var response = new RehearsedResponse();
        var context = contexts.Create(FeaturesOf(request, response, cancellationToken));
        if (request.Endpoint is not null)
        {
            context.SetEndpoint(new Endpoint(request.Endpoint, MetadataOf(request), "rehearsal")); // routing leaves it alone
        }

        try
        {
            await (Pipeline ?? throw new InvalidOperationException("There is no pipeline yet: start the application with RunVerifiedAsync.")).Value(context);
            return await response.FinishAsync();
        }
        finally
        {
            contexts.Dispose(context);
        }
    }

    /// <summary>For everybody, unless it says for whom; and it uses up no client's rate.</summary>
    private static EndpointMetadataCollection MetadataOf(RehearsedRequest request) => new(
    [
        .. request.Metadata,
        new DisableRateLimitingAttribute(),
        .. !request.IsOpen || request.Metadata.OfType<IAuthorizeData>().Any() ? Array.Empty<object>() : [new AllowAnonymousAttribute()],
    ]);

    private FeatureCollection FeaturesOf(RehearsedRequest request, RehearsedResponse response, CancellationToken cancellationToken)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.Host = Host;
        foreach (var (name, value) in request.Headers)
        {
            headers[name] = value;
        }

        if (request.After is { Cookies.Count: > 0 } before)
        {
            headers.Cookie = string.Join("; ", before.Cookies.Select(cookie => cookie.Split(';')[0]));
        }

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Protocol = HttpProtocol.Http11,
            Method = request.Method,
            Scheme = request.Scheme,
            Path = request.Path,
            RawTarget = request.Path,
            Headers = headers,
            Body = new MemoryStream(Encoding.UTF8.GetBytes(request.Body ?? "")),
        });
        features.Set<IHttpRequestBodyDetectionFeature>(new RehearsedBody(request.Body is not null));
        features.Set<IHttpMaxRequestBodySizeFeature>(new RehearsedBody(request.Body is not null));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response.BodyFeature);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = request.From, ConnectionId = "rehearsal" });
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
        InProcessRequest.Mark(features);
        return features;
    }

    private sealed record RehearsedBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature, IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
