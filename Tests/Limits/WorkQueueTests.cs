using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What is too much for everybody waits, within bounds, or is refused at once.</summary>
public sealed class WorkQueueTests
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int working;

    [Fact]
    public async Task Some_are_worked_on_some_wait_and_the_rest_get_503_and_when_to_retry()
    {
        await using var site = await StartAsync(places: 2, waiting: 3);
        using var browser = site.Visitor();

        var requests = Enumerable.Range(0, 10).Select(_ => browser.GetAsync("/work")).ToList();
        for (var i = 0; i < 5; i++)
        {
            var refused = await await Task.WhenAny(requests);
            requests.RemoveAll(request => request.IsCompleted && request.Result == refused);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        }

        await Eventually.TrueAsync(() => Task.FromResult(working == 2), "two are worked on");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/alive")).StatusCode);
        done.SetResult();
        Assert.All(await Task.WhenAll(requests), served => Assert.Equal(HttpStatusCode.OK, served.StatusCode));
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task Nobody_waits_for_ever()
    {
        await using var site = await StartAsync(places: 1, waiting: 1, patience: "00:00:01");
        using var browser = site.Visitor();
        var first = browser.GetAsync("/work");
        await Eventually.TrueAsync(() => Task.FromResult(working == 1), "the first is worked on");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/work")).StatusCode);
        done.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_awaited_and_an_answer_that_has_begun_take_no_place()
    {
        await using var site = await StartAsync(places: 1, waiting: 0);
        using var browser = site.Visitor();
        using var upload = await Wire.ConnectAsync(site.Address);
        await upload.TrySendAsync("POST /echo HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab");
        await Eventually.TrueAsync(async () => working == 1 && (await browser.GetAsync("/")).IsSuccessStatusCode, "the upload has left its place");
        using var download = await browser.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("ok", await browser.GetStringAsync("/"));

        await upload.TrySendAsync("cd");
        Assert.EndsWith("abcd", (await upload.ReadToEndAsync()).TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
        done.SetResult();
        Assert.Equal("beginend", await download.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_download_may_take_longer_than_an_answer_may_take_to_begin()
    {
        await using var site = await StartAsync(places: 10, waiting: 10, requestTime: "00:00:03");
        using var browser = site.Visitor();
        await browser.GetAsync("/"); // compiled, so that the next one begins in time on every machine
        using var download = await browser.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);

        await Task.Delay(TimeSpan.FromSeconds(4));
        done.SetResult();

        Assert.Equal("beginend", await download.Content.ReadAsStringAsync());
        await (await browser.GetAsync("/late")).NamesAsync(HttpStatusCode.GatewayTimeout, "request-time", 3);
        await browser.GetAsync("/late");
        Assert.Single(site.Log.Entries, entry => entry.Level >= LogLevel.Warning && entry.Message.Contains("HTTP: GET /late", StringComparison.Ordinal)); // once a minute
    }

    private Task<Site> StartAsync(int places, int waiting, string requestTime = "00:00:30", string patience = "00:01:00") => Site.StartAsync(
        app =>
        {
            app.MapGet("/", () => "ok");
            app.MapGet("/late", async (CancellationToken cancelled) => await Task.Delay(Timeout.Infinite, cancelled));
            app.MapPost("/echo", async (HttpRequest request) =>
            {
                Interlocked.Increment(ref working);
                return await new StreamReader(request.Body).ReadToEndAsync();
            });
            app.MapGet("/work", async () =>
            {
                Interlocked.Increment(ref working);
                await done.Task;
            });
            app.MapGet("/stream", async (HttpContext context, CancellationToken cancelled) =>
            {
                await context.Response.WriteAsync("begin");
                await context.Response.Body.FlushAsync();
                await done.Task.WaitAsync(cancelled);
                await context.Response.WriteAsync("end", cancelled);
            });
        },
        new Dictionary<string, string?>
        {
            ["Session:Store"] = "Memory",
            ["Limits:Queue:Places"] = $"{places}",
            ["Limits:Queue:Waiting"] = $"{waiting}",
            ["Limits:Queue:Time"] = patience,
            ["Limits:RequestTime"] = requestTime,
        });
}
