namespace Benchmarks.Probes;

/// <summary>Round trips to Redis.</summary>
internal static class CommandsOfAPage
{
    public static async Task<string> AskAsync(Stage stage, Site site)
    {
        using var visitor = site.Visitor();
        using var stranger = site.Visitor();
        await visitor.BeginSessionAsync("x", stage.Stop);
        await visitor.ReadAsync("/write?value=y", stage.Stop); // the first use of a script sends the script, too
        var read = await stage.Redis.CountCommandsAsync(() => visitor.ReadAsync("/read", stage.Stop));
        var written = await stage.Redis.CountCommandsAsync(() => visitor.ReadAsync("/write?value=z", stage.Stop));
        var probed = await stage.Redis.CountCommandsAsync(() => stranger.Client.GetStringAsync("/alive", stage.Stop));
        return $"{read} / {written} / {probed}";
    }
}
