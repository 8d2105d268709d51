using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Caching;
using Tests.Parts;

namespace Tests.Responses;

/// <summary>A handler cannot tell from its response that the product is there: what arrives is what bare ASP.NET Core sends.</summary>
public sealed class ResponseConformanceTests(ResponseSites sites) : IClassFixture<ResponseSites>
{
    /// <summary>While a body is held back until all of it is known, nothing has started and no flush waits.</summary>
    private static readonly string[] DifferentWhileHeld = ["StartAsync", "BodyWriter.CancelPendingFlush"];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var protocol in new[] { "HTTP/1.1", "HTTP/2" })
        {
            foreach (var use in new[] { "untouched", "session", "hint" })
            {
                foreach (var handler in Handlers.All.Keys.Where(handler => use != "hint" || !DifferentWhileHeld.Contains(handler)))
                {
                    cases.Add(protocol, use, handler);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_arrives_is_what_bare_ASP_NET_Core_sends(string protocol, string use, string handler)
    {
        var (bare, ours) = sites.Over(protocol);
        var path = $"/{use}?handler={Uri.EscapeDataString(handler)}";

        var expected = await Received.FromAsync(bare, path, protocol);
        var received = await Received.FromAsync(ours, path, protocol);

        if (use != "hint" && expected.Error is not null && (expected.Status is null || received.Status is null))
        {
            Assert.NotNull(received.Error); // a reset may overtake what was sent before it, on either side
        }
        else if (use != "hint")
        {
            Assert.Equal(expected, received);
        }
        else if (expected.Error is null)
        {
            Assert.Equal(expected.WithoutFraming(), received.WithoutFraming()); // the length is known
        }
        else
        {
            Assert.True(received.Error is not null || received.Status == HttpStatusCode.InternalServerError, $"{received}"); // nothing has left yet
        }

        if (use == "session" && received.Error is null)
        {
            Assert.NotNull(received.Cookie);
            Assert.Equal("changed", await ResponseSites.ReadSessionAsync(ours, received.Cookie, protocol));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public async Task A_session_that_is_changed_before_a_web_socket_is_accepted_is_saved_and_its_cookie_sent(string protocol)
    {
        var (_, ours) = sites.Over(protocol);
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        socket.Options.HttpVersion = Received.Version(protocol);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "https");

        await socket.ConnectAsync(new UriBuilder(ours) { Scheme = "ws", Path = "/socket" }.Uri, invoker, CancellationToken.None);

        var cookie = socket.HttpResponseHeaders!.First(header => header.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)).Value.Single();
        Assert.Equal("changed", await ResponseSites.ReadSessionAsync(ours, cookie, protocol)); // while the socket is open
        await socket.SendAsync(Encoding.ASCII.GetBytes("echo"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[16];
        var echo = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("echo", Encoding.ASCII.GetString(buffer, 0, echo.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    /// <summary>What a client has received.</summary>
    private sealed record Received(HttpStatusCode? Status, string Body, string Type, long? Length, bool? IsChunked, string Starting, string Trailer, string? Error)
    {
        public string? Cookie { get; init; }

        public bool Equals(Received? other) => other is not null && ToString() == other.ToString();

        public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"{Status} {Type} length {Length} chunked {IsChunked} starting {Starting} trailer {Trailer} error {Error}: {(Body.Length > 200 ? $"{Body[..200]}… ({Body.Length}, {Body.GetHashCode(StringComparison.Ordinal)})" : Body)}";

        public Received WithoutFraming() => this with { Length = null, IsChunked = null };

        public static Version Version(string protocol) => protocol == "HTTP/2" ? HttpVersion.Version20 : HttpVersion.Version11;

        public static async Task<Received> FromAsync(Uri site, string path, string protocol)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, ActivityHeadersPropagator = null });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site, path)) { Version = Version(protocol), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.Add("X-Forwarded-Proto", "https");
            HttpResponseMessage response;
            try
            {
                response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            }
            catch (HttpRequestException)
            {
                return new Received(null, "", "", null, null, "", "", "no head");
            }

            using (response)
            {
                var (body, error) = await ReadAsync(response);
                return new Received(
                    response.StatusCode,
                    error is null ? body : "", // how much of it arrives is a matter of luck
                    $"{response.Content.Headers.ContentType}",
                    response.Content.Headers.ContentLength,
                    response.Headers.TransferEncodingChunked,
                    string.Join(',', response.Headers.TryGetValues("x-starting", out var starting) ? starting : []),
                    error is null ? string.Join(',', response.TrailingHeaders.Select(trailer => $"{trailer.Key}={string.Join(',', trailer.Value)}")) : "",
                    error)
                {
                    Cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null,
                };
            }
        }

        private static async Task<(string Body, string? Error)> ReadAsync(HttpResponseMessage response)
        {
            var body = new MemoryStream();
            try
            {
                await response.Content.CopyToAsync(body);
                return (Encoding.Latin1.GetString(body.ToArray()), null);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return (Encoding.Latin1.GetString(body.ToArray()), "broken off");
            }
        }
    }
}

/// <summary>The same endpoints with the product and without it, over both protocols.</summary>
public sealed class ResponseSites : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> running = [];
    private readonly Dictionary<string, (Uri Bare, Uri Ours)> sites = [];

    /// <summary>The addresses for a protocol.</summary>
    public (Uri Bare, Uri Ours) Over(string protocol) => sites[protocol];

    public async Task InitializeAsync()
    {
        foreach (var (protocol, name) in new[] { ("HTTP/1.1", "Http1"), ("HTTP/2", "Http2") })
        {
            var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", $"--Kestrel:EndpointDefaults:Protocols={name}"]);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var bare = builder.Build();
            Map(bare, (_, _) => Task.CompletedTask);
            await bare.StartAsync();
            running.Add(bare);

            var ours = await Site.StartAsync(
                app => Map(app, UseAsync),
                new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Kestrel:EndpointDefaults:Protocols"] = name });
            running.Add(ours);
            sites[protocol] = (new Uri(bare.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), ours.Address);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var site in running)
        {
            await site.DisposeAsync();
        }
    }

    /// <summary>What a session holds.</summary>
    internal static async Task<string> ReadSessionAsync(Uri site, string cookie, string protocol)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site, "/read"))
        {
            Version = protocol == "HTTP/2" ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static void Map(WebApplication app, Func<HttpContext, string, Task> use)
    {
        app.UseWebSockets();
        foreach (var name in new[] { "untouched", "session", "hint" })
        {
            app.MapGet($"/{name}", async context =>
            {
                await use(context, name);
                await Handlers.All[context.Request.Query["handler"].ToString()](context);
            });
        }

        app.MapGet("/read", (HttpContext context) => context.Session.GetString("key") ?? "(none)");
        app.MapMethods("/socket", ["GET", "CONNECT"], async context =>
        {
            context.Session.SetString("key", "changed");
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[16];
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
    }

    private static Task UseAsync(HttpContext context, string use)
    {
        if (use == "session")
        {
            context.Session.SetString("key", "changed");
        }
        else if (use == "hint")
        {
            context.CacheHints().Add(TimeSpan.FromSeconds(10), CacheScope.Private);
        }

        return Task.CompletedTask;
    }
}
