using System.Globalization;

namespace Tests.Template;

/// <summary>The template in a hive of its own: nothing that this machine's user has installed is seen or changed.</summary>
internal sealed class InstalledTemplate
{
    private static readonly SemaphoreSlim Turns = new(1); // two `dotnet new` at a time fail over a file of their hive
    private readonly string workshop;
    private readonly string hive;
    private int applications;

    private InstalledTemplate(string workshop)
    {
        this.workshop = workshop;
        hive = Path.Combine(workshop, "hive");
    }

    /// <param name="workshop">An empty folder for the hive and the applications.</param>
    /// <param name="source">The template's folder, or its package.</param>
    public static async Task<InstalledTemplate> FromAsync(string workshop, params string[] source)
    {
        Directory.CreateDirectory(workshop);
        var template = new InstalledTemplate(workshop);
        await template.NewAsync(workshop, ["install", .. source]);
        return template;
    }

    public Task<string> HelpAsync() => NewAsync(workshop, "aspire-production", "--help");

    public Task<GeneratedApplication> GenerateAsync(string name, params string[] options) =>
        GenerateAsync(name, new Dictionary<string, string>(), options);

    /// <summary>Makes an application in a new folder.</summary>
    public async Task<GeneratedApplication> GenerateAsync(string name, IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        var number = Interlocked.Increment(ref applications);
        var folder = Path.Combine(workshop, number.ToString(CultureInfo.InvariantCulture), name);
        var transcript = await NewAsync(workshop, environment, ["aspire-production", "--name", name, "--output", folder, .. options]);
        return new GeneratedApplication(name, folder, transcript);
    }

    /// <summary>Runs <c>dotnet new</c> with this template's hive.</summary>
    public Task<string> NewAsync(string folder, params string[] arguments) => NewAsync(folder, new Dictionary<string, string>(), arguments);

    private async Task<string> NewAsync(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        await Turns.WaitAsync();
        try
        {
            return await Command.RunAsync("dotnet", folder, environment, ["new", .. arguments, "--debug:custom-hive", hive]);
        }
        finally
        {
            Turns.Release();
        }
    }
}
