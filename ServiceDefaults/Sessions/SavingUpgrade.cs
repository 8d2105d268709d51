using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Sessions;

/// <summary>Saves the session before the connection becomes another one: a web socket has no end of the response to wait for.</summary>
internal sealed class SavingUpgrade(IHttpUpgradeFeature inner, SavingResponseBody body) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync()
    {
        await body.SaveAsync();
        return await inner.UpgradeAsync();
    }
}

/// <summary>The same for HTTP/2 (RFC 8441).</summary>
internal sealed class SavingExtendedConnect(IHttpExtendedConnectFeature inner, SavingResponseBody body) : IHttpExtendedConnectFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public async ValueTask<Stream> AcceptAsync()
    {
        await body.SaveAsync();
        return await inner.AcceptAsync();
    }
}
