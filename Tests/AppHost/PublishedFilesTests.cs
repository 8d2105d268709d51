using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>
/// What is published is what is on record in <c>Published</c>, so that a review sees what a change does to a deployment.
/// <c>ACCEPT=true dotnet test Tests --settings Tests/all.runsettings --filter FullyQualifiedName~PublishedFilesTests</c> puts it on record.
/// </summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class PublishedFilesTests : IDisposable
{
    private readonly string output = Directory.CreateTempSubdirectory("published-").FullName;
    private readonly DeploymentState state = new();

    [SkippableTheory]
    [InlineData("compose", "--operation", "publish", "--step", "publish", "--output-path", "{0}", "--AppHost:Deploy", "compose")]
    [InlineData("kubernetes", "--operation", "publish", "--step", "publish", "--output-path", "{0}", "--AppHost:Deploy", "kubernetes")]
    [InlineData("manifest", "--publisher", "manifest", "--output-path", "{0}/manifest.json")]
    public async Task What_is_published_is_what_is_on_record(string format, params string[] arguments)
    {
        RequirePublisher(format);
        await PublishAsync(arguments);

        var record = Path.Combine(Repository.Root, "Tests", "AppHost", "Published", format);
        var published = Read(output);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "true")
        {
            Write(record, published);
        }

        var recorded = Read(record);
        Assert.Equal(recorded.Keys, published.Keys);
        Assert.All(recorded, file => Assert.Equal(file.Value, published[file.Key]));
        Assert.Empty(state.Saved);
    }

    [SkippableTheory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task A_Redis_from_elsewhere_is_not_published_and_its_address_is_a_mounted_secret(string format)
    {
        RequirePublisher(format);
        await PublishAsync(
            "--operation", "publish", "--step", "publish", "--output-path", "{0}", "--AppHost:Deploy", format,
            "--AppHost:Redis", "external", "--ConnectionStrings:redis", "redis.example:6379,password=canary");

        var text = string.Concat(Read(output).Where(file => file.Key != "Caddyfile").Select(file => $"{file.Key}\n{file.Value}\n"));
        Assert.Contains("REDIS_URL", text, StringComparison.Ordinal);
        Assert.DoesNotContain("REDIS_PASSWORD", text, StringComparison.Ordinal);
        Assert.DoesNotContain("library/redis", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ConnectionStrings__redis", text, StringComparison.Ordinal);
        Assert.DoesNotContain("redis.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Empty(state.Saved);
    }

    [Fact]
    public async Task A_number_of_replicas_that_is_none_is_refused_with_the_key()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync("--AppHost:Replicas", "0"));

        Assert.Contains("AppHost:Replicas is 0. Set it to a number from 1 to 20.", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Leaves out where a manifest was written: it has the path of the project relative to that.</summary>
    internal static string Comparable(string text) => PathOfTheProject().Replace(text, "WebApp/WebApp.csproj");

    public void Dispose() => Directory.Delete(output, recursive: true);

    private static void RequirePublisher(string format)
    {
        if (format != "manifest")
        {
            Publishers.Require();
        }
    }

    private async Task PublishAsync(params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [.. RunningAppHost.Unchanged, .. arguments.Select(argument => argument.Replace("{0}", output, StringComparison.Ordinal))], timeout.Token);
        builder.SaveStateIn(state);
        await using var app = await builder.BuildAsync(timeout.Token);
        await app.RunAsync(timeout.Token);
    }

    /// <summary>The files of a folder. On record they have no leading dot, which would hide them from git and from people.</summary>
    private static SortedDictionary<string, string> Read(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            file => LeadingDot().Replace(Path.GetRelativePath(folder, file).Replace('\\', '/'), "$1"),
            file => Comparable(File.ReadAllText(file))),
        StringComparer.Ordinal);

    private static void Write(string folder, SortedDictionary<string, string> files)
    {
        Directory.CreateDirectory(folder);
        Directory.Delete(folder, recursive: true);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    [GeneratedRegex(@"(^|/)\.")]
    private static partial Regex LeadingDot();

    [GeneratedRegex("[^\"]*WebApp/WebApp\\.csproj")]
    private static partial Regex PathOfTheProject();
}
