using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Template;

/// <summary>Which files an application gets, and that they are the repository's own.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class GeneratedFilesTests(TemplateFixture fixture)
{
    [SkippableFact]
    public async Task The_repositorys_own_name_and_feed_gaps_give_back_every_tracked_file_byte_for_byte()
    {
        var application = await fixture.Template.GenerateAsync("ProductionTemplate", "--feed-gaps", "--skip-restore");

        Assert.Equal(await TrackedFiles.OfAnApplicationWithFeedGapsAsync(), application.Files);
        Assert.All(application.Files, file => Assert.Equal(Expected(file), application.Comparable(file)));
    }

    [SkippableFact]
    public async Task An_application_gets_every_tracked_file_that_is_not_left_out_on_purpose()
    {
        var application = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        var tracked = await TrackedFiles.OfAnApplicationAsync();
        Assert.Equal(tracked.Select(file => file.Replace("ProductionTemplate", "Shop", StringComparison.Ordinal)).Order(StringComparer.Ordinal), application.Files);
    }

    [Fact]
    public async Task An_application_has_no_trace_of_the_workshop()
    {
        var application = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        var traces = from file in application.Files.Where(file => !file.EndsWith(".png", StringComparison.Ordinal)) // whose bytes may look like anything
                     from line in application.Read(file).Split('\n').Append(file)
                     where Trace().IsMatch(line)
                     select $"{file}: {line.Trim()}";
        Assert.Empty(traces);
    }

    [Fact]
    public async Task The_package_generates_what_the_folder_generates()
    {
        var fromFolder = await fixture.Template.GenerateAsync("Shop", "--feed-gaps", "--skip-restore");
        var fromPackage = await (await fixture.PackagedTemplateAsync).GenerateAsync("Shop", "--feed-gaps", "--skip-restore");

        Assert.Equal(fromFolder.Files, fromPackage.Files);
        Assert.All(fromFolder.Files, file => Assert.Equal(fromFolder.Comparable(file), fromPackage.Comparable(file)));
    }

    [Fact]
    public async Task Two_applications_share_no_user_secrets_and_no_project_guid()
    {
        var one = await fixture.Template.GenerateAsync("Shop", "--skip-restore");
        var other = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        string[] files = ["AppHost/AppHost.csproj", "Shop.sln"];
        var shared = files.SelectMany(file => Guids(one.Read(file)).Intersect(Guids(other.Read(file))));
        Assert.Equal(["{9A19103F-16F7-4668-BE54-9A1E7A4F7556}", "{2150E333-8FDC-42A3-9474-1A3956D46DE8}"], shared); // the kinds: C# project, folder
    }

    private static string Expected(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        var text = GeneratedApplication.WithoutItsOwn(file, File.ReadAllBytes(path));
        return file is "README.md" or "dev.cs" ? Marker().Replace(OnlyHere().Replace(text, ""), "") // the two that have conditions
            : file is "Directory.Build.targets" ? text.Replace("'$(FeedGaps)' == 'true'", "'$(FeedGaps)' != 'false'", StringComparison.Ordinal) // on, without being asked
            : text;
    }

    private static IEnumerable<string> Guids(string text) => GeneratedApplication.Guid().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"^[ ]*(//#(if|endif)|<!--#(if|endif)).*\n", RegexOptions.Multiline)]
    private static partial Regex Marker();

    /// <summary>What is about the template and not about the application.</summary>
    [GeneratedRegex(@"^ *(//|<!--)#if \(repository\).*?^ *(//|<!--)#endif.*?\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OnlyHere();

    [GeneratedRegex(@"feed-?gaps|ProductionTemplate|template\.config|aspire-production|LeftOut|\.ci/|(//|<!--)#", RegexOptions.IgnoreCase)]
    private static partial Regex Trace();
}
