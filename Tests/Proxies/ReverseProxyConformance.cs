using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>What a reverse proxy in front of this application has to do, proven with the configurations that docs/proxies ships.</summary>
public abstract class ReverseProxyConformance(ProxiedSite site) : IAsyncLifetime
{
    private const int Limit = 1024 * 1024;

    private static readonly Uri Plain = new($"http://{ReverseProxy.Host}/counter?a=b");

    private ReverseProxy proxy = null!;
    private Visitor browser = null!;

    private protected abstract Task<ReverseProxy> StartAsync(params int[] replicas);

    [SkippableTheory]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.77")]
    public async Task The_visitors_own_address_comes_through(string address)
    {
        using var visitor = proxy.Visitor(from: address);

        Assert.Equal($"{address} https://shop.example", await visitor.GetStringAsync("/visitor"));
    }

    [SkippableFact]
    public async Task A_forged_address_scheme_or_host_is_not_believed()
    {
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "6.6.6.6");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("Forwarded", "for=6.6.6.6;host=evil.example;proto=http");

        Assert.Equal("127.0.0.2 https://shop.example", await browser.GetStringAsync("/visitor"));
    }

    [SkippableFact]
    public async Task Who_forges_https_over_plain_http_is_redirected_all_the_same()
    {
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Equal(HttpStatusCode.PermanentRedirect, (await browser.GetAsync(Plain)).StatusCode);
    }

    [SkippableFact]
    public async Task Plain_http_is_redirected_exactly_once_and_pinned()
    {
        var redirect = await browser.GetAsync(Plain);
        Assert.Equal(HttpStatusCode.PermanentRedirect, redirect.StatusCode);
        Assert.Equal("https://shop.example/counter?a=b", redirect.Headers.Location!.OriginalString);

        var arrived = await browser.GetAsync(redirect.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, arrived.StatusCode);
        Assert.Equal("max-age=63072000; includeSubDomains", arrived.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [SkippableTheory]
    [InlineData("/alive")]
    [InlineData("/ready")]
    [InlineData("/uptime")]
    public async Task Probes_answer_over_plain_http_too(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(Plain, path))).StatusCode);

    [SkippableTheory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_session_counts_on_over_both_replicas_with_a_cookie_bound_to_the_host(string version)
    {
        (browser.DefaultRequestVersion, browser.DefaultVersionPolicy) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact);
        var replicas = new HashSet<int>();
        for (var i = 1; i <= 20; i++)
        {
            var count = await browser.GetFromJsonAsync<ProxiedSite.Count>("/counter");
            Assert.Equal(i, count!.Views);
            replicas.Add(count.Replica);
        }

        Assert.Equal(2, replicas.Count);
        Assert.Contains("__Host-shop-session", browser.Cookies.Keys);
    }

    [SkippableFact]
    public async Task People_sign_in()
    {
        var name = "user-" + Guid.NewGuid().ToString("n")[..8];
        await browser.RegisterAsync(name);

        Assert.Contains(name, await browser.GetStringAsync("/account/sessions"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(0, true, HttpStatusCode.OK)]
    [InlineData(1, true, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(-48_576, false, HttpStatusCode.OK)] // Kestrel counts the chunks' own bytes too
    [InlineData(1, false, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_ends_at_the_applications_own_limit(int bytesMore, bool withLength, HttpStatusCode expected)
    {
        using var body = new MemoryStream(new byte[Limit + bytesMore]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/body") { Content = new StreamContent(body) };
        request.Content.Headers.ContentLength = withLength ? body.Length : null;
        request.Headers.TransferEncodingChunked = !withLength;
        request.Version = withLength ? HttpVersion.Version11 : HttpVersion.Version20;

        Assert.Equal(expected, (await browser.SendAsync(request)).StatusCode);
    }

    [SkippableFact]
    public async Task Who_sends_too_much_reads_the_answer_and_takes_no_replica_away_from_the_others()
    {
        for (var i = 0; i < 5; i++)
        {
            using var tooMuch = new ByteArrayContent(new byte[Limit * 3 / 2]);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.PostAsync("/body", tooMuch)).StatusCode);
        }

        await OthersAreServedAsync();
    }

    [SkippableFact]
    public async Task Who_breaks_off_or_is_cut_takes_no_replica_away_from_the_others()
    {
        for (var i = 0; i < 30; i++)
        {
            using var inChunks = new HttpRequestMessage(HttpMethod.Post, "/body") { Content = new ByteArrayContent(new byte[3 * Limit]), Headers = { TransferEncodingChunked = true } };
            await Record.ExceptionAsync(() => browser.SendAsync(inChunks)); // some read an answer, some do not
        }

        await OthersAreServedAsync();
        for (var i = 0; i < 5; i++)
        {
            var pipe = new Pipe();
            await pipe.Writer.WriteAsync(new byte[10]);
            using var half = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentLength = 20 } };
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => browser.PostAsync("/body", half, soon.Token));
        }

        await OthersAreServedAsync();
    }

    [SkippableFact]
    public async Task A_post_that_may_have_arrived_is_not_sent_again()
    {
        var id = Guid.NewGuid().ToString();
        using var body = new StringContent(id);

        Assert.Equal(HttpStatusCode.BadGateway, (await browser.PostAsync("/abort", body)).StatusCode);
        Assert.Equal(1, site.Arrived[id]);
    }

    [SkippableFact]
    public async Task When_a_replica_stops_no_visitor_notices()
    {
        await using var staying = await site.StartReplicaAsync(hops: 1);
        await using var stopping = await site.StartReplicaAsync(hops: 1);
        await using var both = await StartAsync(staying.Address.Port, stopping.Address.Port);
        using var visitor = both.Visitor();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add((await visitor.GetAsync("/visitor")).StatusCode);
            if (i == 5)
            {
                await stopping.StopAsync();
            }
        }

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
    }

    public async Task InitializeAsync()
    {
        proxy = await StartAsync(site.Ports);
        browser = proxy.Visitor();
    }

    public async Task DisposeAsync()
    {
        browser?.Dispose();
        await (proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task OthersAreServedAsync()
    {
        using var other = proxy.Visitor();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/visitor")).StatusCode);
        }
    }
}
