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
            cookies.Add(site, await BeginSessionsAsync(site, stage));
        }

        Console.WriteLine("warming up");
        await RoundAsync(sites, plan.WarmUpSeconds, (_, _, _) => { });
        for (var round = 0; round < plan.Rounds; round++)
        {
            Console.WriteLine($"round {round + 1} of {plan.Rounds}");
            await RoundAsync(round % 2 == 0 ? sites : sites.AsEnumerable().Reverse(), plan.Seconds, results.Add);
        }

        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }

        async Task RoundAsync(IEnumerable<Site> turns, int seconds, Action<Contender, Kind, Load> keep)
        {
            foreach (var (kind, paths) in new[] { (Kind.Read, Read), (Kind.Write, Write) })
            {
                foreach (var site in turns.Where(site => site.Contender.HasSession || kind == Kind.Read))
                {
                    keep(site.Contender, kind, await Wrk.RunAsync(site, cookies[site], paths, seconds, stage.Stop));
                }
            }
        }
    }

    /// <returns>A file with one cookie a line.</returns>
    private static async Task<string> BeginSessionsAsync(Site site, Stage stage)
    {
        var file = stage.TemporaryFile($"{site.Contender.Name}.cookies");
        if (!site.Contender.HasSession)
        {
            await File.WriteAllTextAsync(file, "none=none\n", stage.Stop);
            return file;
        }

        await using var writer = new StreamWriter(file);
        using var visitor = site.Visitor();
        for (var i = 0; i < Plan.Sessions; i++)
        {
            await visitor.BeginSessionAsync("0123456789abcdef0123456789abcdef", stage.Stop);
            visitor.ForgetSession();
            await writer.WriteLineAsync(visitor.Cookie);
        }

        return file;
    }
}
