namespace Benchmarks.Probes;

/// <summary>A crawler, or an attacker who fills Redis.</summary>
internal static class KeysLeft
{
    private const int Requests = 2000;

    public static async Task<string> AskAsync(Stage stage, Site site) =>
        $"{await CountAsync(stage, site, "/read")} / {await CountAsync(stage, site, "/write?value=x")}";

    private static async Task<int> CountAsync(Stage stage, Site site, string path)
    {
        using var stranger = site.Visitor(connections: 16);
        var before = await stage.Redis.CountKeysAsync();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stage.Stop }, async (_, cancel) =>
            await stranger.Client.GetStringAsync(path, cancel));
        return await stage.Redis.CountKeysAsync() - before;
    }
}
