using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Probes;

/// <summary>Redis does not answer for ten seconds: what is a visitor told who writes meanwhile, and is it true?</summary>
internal static class FrozenRedis
{
    public const string Question = "Redis frozen for 10 s, a page that writes: the answer, and what became of the write";

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    /// <summary>All at once: they share one Redis.</summary>
    public static async Task AskAsync(Stage stage, IReadOnlyList<Site> sites, Results results)
    {
        var visitors = sites.ToDictionary(site => site, site => site.Visitor());
        foreach (var visitor in visitors.Values)
        {
            await visitor.BeginSessionAsync("before", stage.Stop);
        }

        stage.Redis.Freeze();
        var answers = visitors.ToDictionary(pair => pair.Key, pair => WriteAsync(pair.Value, stage.Stop));
        await Task.Delay(Outage, stage.Stop);
        stage.Redis.Thaw();

        foreach (var (site, answer) in answers)
        {
            var (status, seconds) = await answer;
            var written = await ReadWhenBackAsync(visitors[site], stage.Stop) == "after";
            results.Answer(Question, site.Contender, string.Create(CultureInfo.InvariantCulture, $"{status} after {seconds:F1} s, {(written ? "written" : status == "200" ? "**lost**" : "not written")}"));
            visitors[site].Dispose();
        }
    }

    private static async Task<(string Status, double Seconds)> WriteAsync(Visitor visitor, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var response = await visitor.Client.GetAsync("/set?key=value&value=after", stop);
            return ($"{(int)response.StatusCode}", watch.Elapsed.TotalSeconds);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return ("no answer", watch.Elapsed.TotalSeconds);
        }
    }

    private static async Task<string?> ReadWhenBackAsync(Visitor visitor, CancellationToken stop)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var response = await visitor.Client.GetAsync("/read", stop);
            if (response.IsSuccessStatusCode)
            {
                await Task.Delay(500, stop); // what is still under way may arrive
                return await visitor.ReadAsync("/read", stop);
            }

            await Task.Delay(200, stop);
        }

        return null;
    }
}
