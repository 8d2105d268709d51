using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Sessions;

/// <summary>Loads the session of a request before anything reads it, and saves it before the first byte of the response leaves.</summary>
/// <remarks>
/// Loading first means that no read ever blocks a thread. A request that ends in an unhandled exception saves nothing.
/// </remarks>
internal sealed class SessionMiddleware(
    RequestDelegate next,
    ISessionStorage store,
    SessionCookie cookie,
    SessionMeter meter,
    IOptions<SessionStoreOptions> options,
    TimeProvider clock,
    ILogger<WatchedSessionStorage> logger)
{
    private readonly WatchedSessionStorage storage = new(store, meter, clock, logger);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<WithoutSessionAttribute>() is null ? InvokeWithSessionAsync(context) : next(context);

    private async Task InvokeWithSessionAsync(HttpContext context)
    {
        var session = new RequestSession(context, storage, cookie, options.Value.MaxBytes);
        await session.LoadAsync(context.RequestAborted);

        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var savingBody = new SavingResponseBody(context, body, session);
        context.Features.Set<IHttpResponseBodyFeature>(savingBody);
        context.Features.Set<ISessionFeature>(new Feature { Session = session });
        SaveBeforeUpgrade(context.Features, savingBody);
        try
        {
            await next(context);
            await savingBody.SaveAsync();
        }
        finally
        {
            context.Features.Set(body);
            context.Features.Set<ISessionFeature>(null);
        }
    }

    /// <summary>Whether the connection is to become another one is known before the endpoint runs, and true of few.</summary>
    private static void SaveBeforeUpgrade(IFeatureCollection features, SavingResponseBody body)
    {
        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            features.Set<IHttpUpgradeFeature>(new SavingUpgrade(upgrade, body));
        }

        if (features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            features.Set<IHttpExtendedConnectFeature>(new SavingExtendedConnect(connect, body));
        }
    }

    private sealed class Feature : ISessionFeature
    {
        public required ISession Session { get; set; }
    }
}
