namespace Benchmarks;

/// <summary>Every contender takes its turn in every round, so that the noise of the machine hits all alike.</summary>
internal static class Rounds
{
    private static readonly string[] Read = ["/read"];

    // Two values, so that each write changes something: Express saves nothing otherwise.
    private static readonly string[] Write = ["/write?value=0123456789abcdef0123456789abcdef", "/write?value=fedcba9876543210fedcba9876543210"];

    public static async Task RunAsync(Stage stage, Plan plan, Results results)
    {
        Console.WriteLine("starting all contenders, and a thousand sessions for each");
        var sites = await stage.StartAsync(_ => true);
        var cookies = new Dictionary<Site, string>();
        foreach (var site in sites)
        {
            cookies.Add(site, await BeginSessionsAsync(site, stage.Stop));
        }

        Console.WriteLine("warming up");
        foreach (var site in sites)
        {
            await TurnAsync(site, plan.WarmUpSeconds);
        }

        for (var round = 0; round < plan.Rounds; round++)
        {
            Console.WriteLine($"round {round + 1} of {plan.Rounds}");
            foreach (var site in round % 2 == 0 ? sites : sites.AsEnumerable().Reverse())
            {
                var (read, write) = await TurnAsync(site, plan.Seconds);
                results.Add(site.Contender, read, write);
            }
        }

        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }

        async Task<(Load Read, Load? Write)> TurnAsync(Site site, int seconds) => (
            await Wrk.RunAsync(site, cookies[site], Read, seconds, stage.Stop),
            site.Contender.HasSession ? await Wrk.RunAsync(site, cookies[site], Write, seconds, stage.Stop) : null);
    }

    /// <returns>A file with one cookie a line.</returns>
    private static async Task<string> BeginSessionsAsync(Site site, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        if (!site.Contender.HasSession)
        {
            await File.WriteAllTextAsync(file, "none=none\n", stop);
            return file;
        }

        await using var writer = new StreamWriter(file);
        using var visitor = site.Visitor();
        for (var i = 0; i < Plan.Sessions; i++)
        {
            await visitor.BeginSessionAsync("0123456789abcdef0123456789abcdef", stop);
            visitor.ForgetSession();
            await writer.WriteLineAsync(visitor.Cookie);
        }

        return file;
    }
}
