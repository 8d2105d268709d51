namespace Benchmarks.Probes;

/// <summary>Asks every contender with a session the same questions.</summary>
internal static class ProbeTable
{
    private static readonly (string Question, Func<Stage, Site, Task<string>> AskAsync)[] Questions =
    [
        ("1000 increments of one counter over 16 connections, from a fresh process: final value, p99", HotCounter.AskAsync),
        ("two requests in parallel write different keys: rounds of 20 with a lost key", LostUpdates.AskAsync),
        ("Redis commands for a page that reads / a page that writes / a health probe", CommandsOfAPage.AskAsync),
        ("2000 GETs without a cookie, of a page that reads / that writes: keys left in Redis", KeysLeft.AskAsync),
    ];

    public static async Task FillAsync(Stage stage, Results results)
    {
        await HotCounter.WarmUpClientAsync(stage);
        var sites = await stage.StartAsync(contender => contender.HasSession);
        foreach (var (question, askAsync) in Questions)
        {
            Console.WriteLine(question);
            foreach (var site in sites)
            {
                results.Answer(question, site.Contender, await askAsync(stage, site));
            }
        }

        Console.WriteLine(FrozenRedis.Question);
        await FrozenRedis.AskAsync(stage, sites, results);
        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }
    }
}
