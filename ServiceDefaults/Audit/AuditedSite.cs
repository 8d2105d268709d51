using System.Net.Sockets;
using System.Security.Authentication;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Audit;

/// <summary>
/// A site that runs, asked from outside: one request after the other, some thirty in all, each bounded in time and in what is
/// read, and none that would change anything.
/// </summary>
internal sealed class AuditedSite : IDisposable
{
    /// <summary>A name that nobody has (RFC 6761).</summary>
    public const string Stranger = "stranger.invalid";

    private const int MostRedirects = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly List<SentAnswer> answers = [];
    private readonly HttpClient client;
    private Uri asked;

    private AuditedSite(AuditTarget target)
    {
        Target = target;
        asked = target.Address;
        Connections = new Connections(target);
        // TLS is spoken here and not by the client, which would present a forged Host to the TLS of the server as well.
        var network = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (context, cancellationToken) => context.DnsEndPoint.Port == SecurePort
                ? await Connections.ConnectSecurelyAsync(context.DnsEndPoint.Port, cancellationToken)
                : await Connections.ConnectAsync(context.DnsEndPoint.Port, cancellationToken),
        };
        client = new HttpClient(network) { Timeout = Timeout.InfiniteTimeSpan }; // SendAsync bounds it, with the body
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"production-checklist/{ApplicationIdentity.Version} (audit, asked for by whoever runs it)");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html, */*;q=0.5");
    }

    public AuditTarget Target { get; }

    public Connections Connections { get; }

    /// <summary>The page over plain HTTP; null when nobody knows where.</summary>
    public Uri? Plain { get; private set; }

    /// <summary>The page over HTTPS; null when the site does not lead there.</summary>
    public Uri? Secure { get; private set; }

    /// <summary>The page's answer, where its redirects within this site end.</summary>
    public SentAnswer Page { get; private set; } = null!;

    /// <summary>All answers so far.</summary>
    public IReadOnlyList<SentAnswer> Answers => answers;

    private int? SecurePort => Secure?.Port;

    /// <summary>Asks for the page.</summary>
    /// <exception cref="CannotCheckException">Nobody answers.</exception>
    public static async Task<AuditedSite> OpenAsync(AuditTarget target)
    {
        var site = new AuditedSite(target);
        try
        {
            await site.OpenAsync();
            return site;
        }
        catch (Exception exception) when (IsNoAnswer(exception))
        {
            site.Dispose();
            throw new CannotCheckException($"{site.asked.GetLeftPart(UriPartial.Authority)} cannot be examined: {ReasonOf(exception)}");
        }
    }

    /// <summary>Asks this site, over HTTPS if it has that.</summary>
    /// <param name="path">The path; it is sent as it is.</param>
    /// <param name="headers">More headers.</param>
    /// <returns>The answer; null when there is none.</returns>
    public Task<SentAnswer?> AskAsync(string path, params (string Name, string Value)[] headers) =>
        AskAsync(new Uri(Page.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), headers);

    /// <inheritdoc cref="AskAsync(string, ValueTuple{string, string}[])" />
    public async Task<SentAnswer?> AskAsync(Uri address, params (string Name, string Value)[] headers)
    {
        try
        {
            return await SendAsync(address, headers);
        }
        catch (Exception exception) when (IsNoAnswer(exception))
        {
            return null;
        }
    }

    /// <summary>Follows redirects as long as they stay within this site.</summary>
    /// <returns>All answers; the last one does not lead on, or leads elsewhere.</returns>
    public async Task<IReadOnlyList<SentAnswer>> FollowAsync(Uri address)
    {
        var way = new List<SentAnswer> { await SendAsync(address, []) };
        while (way[^1].Location is { } next && IsOwn(next) && way.Count <= MostRedirects)
        {
            way.Add(await SendAsync(next, []));
        }

        return way;
    }

    public void Dispose() => client.Dispose();

    private async Task OpenAsync()
    {
        Plain = Target.HttpPort is { } port ? new UriBuilder(Target.Address) { Scheme = Uri.UriSchemeHttp, Port = port }.Uri : null;
        Secure = Target.Address.Scheme == Uri.UriSchemeHttps ? Target.Address : await SecureAddressAsync(Plain!);
        Page = (await FollowAsync(Secure ?? Plain!))[^1];
    }

    private async Task<Uri?> SecureAddressAsync(Uri plain) =>
        (await SendAsync(plain, [])).Location is { } location && location.Scheme == Uri.UriSchemeHttps && location.IdnHost == Target.Host ? location : null;

    private bool IsOwn(Uri address) => address.IdnHost == Target.Host && (address.Port == Plain?.Port || address.Port == Secure?.Port);

    private async Task<SentAnswer> SendAsync(Uri address, (string Name, string Value)[] headers)
    {
        asked = address;
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, InClear(address));
        request.Headers.Host = address.IsDefaultPort ? HostOf(address) : $"{HostOf(address)}:{address.Port}";
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        var answer = await SentAnswer.ReadAsync(address, response, patience.Token);
        answers.Add(answer);
        return answer;
    }

    private static string HostOf(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;

    private static Uri InClear(Uri address) => new(
        $"http://{HostOf(address)}:{address.Port}{address.PathAndQuery}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>The last is one whose body breaks off.</summary>
    private static bool IsNoAnswer(Exception exception) => exception is HttpRequestException or OperationCanceledException or IOException;

    private static string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"there was no answer within {Patience.TotalSeconds} s.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => "its name is unknown.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection is refused.",
        { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } } => "nobody takes the connection.",
        IOException or { InnerException: AuthenticationException or IOException } => "the connection breaks off, or is not one of HTTP.",
        _ => "the connection fails.",
    };
}
