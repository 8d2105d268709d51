using System.Net;
using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tests.Parts;
using Tests.Proxies;
using static Tests.Parts.Http2Wire;

namespace Tests.Limits;

/// <summary>HTTP/2: what a client may do on one connection, and how it is refused by the rules of RFC 9113.</summary>
public sealed class Http2LimitTests
{
    private const int MaxConcurrentStreams = 3; // a setting; the others are errors
    private const int Refused = 7;
    private const int CannotDecompress = 9;
    private const int TooFast = 11;

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    [Theory]
    [InlineData("over TLS")]
    [InlineData("in plain, known beforehand")]
    public async Task Streams_above_the_limit_are_refused_and_the_others_are_answered(string how)
    {
        var folder = Directory.CreateTempSubdirectory("http2-").FullName;
        await using var site = await StartAsync(folder, how == "over TLS", ("Limits:Connections:Streams", "5"));
        using var wire = await ConnectAsync(site, how == "over TLS");
        for (var stream = 1; stream < 15; stream += 2)
        {
            await wire.AskAsync(stream, "/wait");
        }

        var frames = await wire.ReadUntilAsync(frame => frame is { Type: FrameType.ResetStream, Stream: 13 });
        done.SetResult();
        var answered = 0;
        await wire.ReadUntilAsync(frame => frame.EndsStream && ++answered == 5);

        Assert.Equal(5, answered);
        Assert.Equal(5, frames.First(frame => frame.Type == FrameType.Settings).Settings[MaxConcurrentStreams]);
        Assert.Equal([(11, Refused), (13, Refused)], frames.Where(frame => frame.Type == FrameType.ResetStream).Select(frame => (frame.Stream, frame.ErrorCode)));
        Assert.DoesNotContain(site.Log.Entries, entry => entry is { Exception: not null, Level: >= LogLevel.Warning });
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("more than 32 KiB", 4, 10_000)]
    [InlineData("more than 100", 101, 1)]
    public async Task Headers_above_a_limit_are_a_431(string what, int count, int length)
    {
        await using var site = await StartAsync();
        using var wire = await ConnectAsync(site);

        await wire.AskAsync(1, "/", Enumerable.Range(0, count).Select(i => ($"x-{i}", new string('x', length))));
        var answer = (await wire.ReadUntilAsync(frame => frame.EndsStream))[^1];

        Assert.True(Encoding.ASCII.GetString(answer.Payload).Contains("431", StringComparison.Ordinal), what); // a status that HPACK has no short form for
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task One_header_above_16_KiB_ends_the_connection()
    {
        await using var site = await StartAsync();
        using var wire = await ConnectAsync(site);

        await wire.AskAsync(1, "/", ("x", new string('x', 17_000)));

        Assert.Equal(CannotDecompress, (await wire.ReadUntilAsync(frame => frame.Type == FrameType.GoAway))[^1].ErrorCode);
        site.Log.HasNothingToWorryAbout();
    }

    /// <summary>CVE-2024-27316 and others: the server keeps what it has to wait for the end of.</summary>
    [Fact]
    public async Task Headers_that_never_end_are_cut_when_they_are_too_large()
    {
        await using var site = await StartAsync();
        using var wire = await ConnectAsync(site);
        await wire.BeginAsync(1, "/");
        await wire.ContinueAsync(1, isLast: true, ("x", "in another frame"));
        Assert.NotEmpty(await wire.ReadUntilAsync(frame => frame is { EndsStream: true, Stream: 1 }));

        await wire.BeginAsync(3, "/");
        for (var i = 0; i < 1000; i++)
        {
            await wire.ContinueAsync(3, isLast: false, ($"x-{i}", new string('x', 1000)));
        }

        Assert.DoesNotContain(await wire.ReadUntilAsync(_ => false), frame => frame.EndsStream); // until the server ends it
        site.Log.HasNothingToWorryAbout();
    }

    /// <summary>CVE-2023-44487, "rapid reset": each stream is free again before its request has been worked on.</summary>
    [Fact]
    public async Task Who_opens_and_resets_streams_without_end_is_cut_and_nobody_else_notices()
    {
        await using var site = await StartAsync();
        using var wire = await ConnectAsync(site);
        for (var stream = 1; stream < 6_000; stream += 2)
        {
            await wire.AskAsync(stream, "/wait");
            await wire.ResetAsync(stream);
        }

        Assert.All((await wire.ReadUntilAsync(_ => false)).Where(frame => frame.Type == FrameType.GoAway), frame => Assert.Equal(TooFast, frame.ErrorCode)); // until the server ends it
        Assert.InRange(waiting, 0, 1000);
        using var browser = Browser(site);
        Assert.Equal("ok", await browser.GetStringAsync("/"));
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task The_limits_of_a_request_are_named_as_they_are_over_HTTP_1()
    {
        await using var site = await StartAsync(settings: ("Limits:Rate:Requests", "3"));
        using var browser = Browser(site);
        using var content = new ByteArrayContent(new byte[1024 * 1024 + 1]);

        Assert.Equal(HttpVersion.Version20, (await browser.GetAsync("/")).Version);
        await (await browser.PostAsync("/read", content)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "body-bytes", 1024 * 1024);
        await (await browser.GetAsync("/?q=" + new string('x', 4096))).NamesAsync(HttpStatusCode.RequestUriTooLong, "query-bytes", 4096);
        await browser.GetAsync("/");
        await (await browser.GetAsync("/")).NamesAsync(HttpStatusCode.TooManyRequests, "rate-requests", 3);
        site.Log.HasNothingToWorryAbout();
    }

    private static Visitor Browser(Site site) =>
        new Visitor(site.Address) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact }.OverHttps();

    private static Task<Http2Wire> ConnectAsync(Site site, bool withTls = false) => Http2Wire.ConnectAsync(site.Address, withTls ? SecureAsync : null);

    private static async Task<Stream> SecureAsync(Stream plain)
    {
        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
        });
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
        return tls;
    }

    private Task<Site> StartAsync(string folder = "", bool withTls = false, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))) { ["Session:Store"] = "Memory" };
        if (withTls)
        {
            SiteCertificate.WriteTo(folder, "localhost").Dispose();
            all["Kestrel:Endpoints:Tls:Url"] = "https://127.0.0.1:0";
            all["Kestrel:Endpoints:Tls:Certificate:Path"] = Path.Combine(folder, "fullchain.pem");
            all["Kestrel:Endpoints:Tls:Certificate:KeyPath"] = Path.Combine(folder, "privkey.pem");
        }
        else
        {
            all["Kestrel:EndpointDefaults:Protocols"] = "Http2";
        }

        return Site.StartAsync(
            app =>
            {
                app.MapGet("/", () => "ok");
                app.MapGet("/wait", () =>
                {
                    Interlocked.Increment(ref waiting);
                    return done.Task;
                });
                app.MapPost("/read", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync());
            },
            all,
            services: services => services.AddSingleton<TimeProvider>(new ManualClock())); // on a slow machine the rate would allow more
    }
}
