using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Template;

/// <summary>
/// Every choice with every other. Each combination is generated and looked at, and each of the few different sets of
/// sources that come of them is built and tested, once: most options set a default, and change nothing that is compiled.
/// </summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class CombinationTests(TemplateFixture fixture)
{
    private const string WithoutSample = "--sample false";

    /// <summary>The only options that change what is compiled; <see cref="Whatever_is_chosen_the_sources_are_some_that_are_built"/> says so.</summary>
    private static readonly string[] WhatIsCompiled = ["auth", "sample"];

    /// <summary>Beside <c>--skip-restore</c>, which changes no file.</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Values =
    [
        .. TemplateOption.All.Where(option => option.Type == "choice").Select(option => option.Choices.Select(choice => $"--{option.Name} {choice.Value}").ToArray()),
        .. TemplateOption.All.Where(option => option.Type == "bool" && option.Id != "skipRestore").Select(option => new[] { $"--{option.Name} true", $"--{option.Name} false" }),
        ["--replicas 2", "--replicas 3"],
        ["", "--site-port 5123 --dashboard-port 15123 --otlp-port 19123 --resource-port 20123"],
    ];

    /// <summary>But the repository's own, which is tested here.</summary>
    public static TheoryData<string> Variants => [.. TemplateFixture.Variants.Except([TemplateFixture.OwnVariant])];

    public static TheoryData<string> OfEveryTwo => [.. Combinations.OfEveryTwo(Values).Select(combination => string.Join(' ', combination).Trim())];

    [Fact]
    public void Every_two_values_meet_in_a_combination()
    {
        var combinations = Combinations.OfEveryTwo(Values);

        Assert.Empty(Combinations.Pairs(Values).Except(combinations.SelectMany(Combinations.PairsIn)));
        Assert.InRange(combinations.Count, Values.Select(values => values.Count).OrderDescending().Take(2).Aggregate((one, other) => one * other), 15);
    }

    [SkippableTheory]
    [MemberData(nameof(OfEveryTwo))]
    public async Task A_combination_has_the_files_and_the_settings_that_it_asks_for(string options)
    {
        var application = await fixture.CombinationAsync(options);

        Assert.Equal(await ExpectedFilesAsync(options), application.Files);
        var settings = application.Json("AppHost/appsettings.json").GetProperty("AppHost");
        Assert.Equal(Chosen(options, "redis"), settings.GetProperty("Redis").GetString());
        Assert.Equal(Chosen(options, "deploy"), settings.GetProperty("Deploy").GetString());
        Assert.Equal(Chosen(options, "replicas"), settings.GetProperty("Replicas").GetRawText());
        Assert.All(application.Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)), file => Assert.NotEqual(default, application.Json(file)));
    }

    [Theory]
    [MemberData(nameof(OfEveryTwo))]
    public async Task A_combination_has_no_dead_link(string options)
    {
        var application = await fixture.CombinationAsync(options);

        var dead = from page in application.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))
                   from link in Link().Matches(application.Read(page)).Select(match => match.Groups[1].Value)
                   where !application.Has(Path.Combine(Path.GetDirectoryName(page)!, link))
                   select $"{page}: {link}";
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(OfEveryTwo))]
    public async Task Without_the_sample_nothing_speaks_of_it(string options)
    {
        var application = await fixture.CombinationAsync(options);

        var lines = from file in application.Files from line in application.Read(file).Split('\n') where Sample().IsMatch(line) select $"{file}: {line.Trim()}";
        Assert.Equal(!options.Contains(WithoutSample, StringComparison.Ordinal), lines.Any());
    }

    [Theory]
    [MemberData(nameof(OfEveryTwo))]
    public async Task Whatever_is_chosen_the_sources_are_some_that_are_built(string options)
    {
        var application = await fixture.CombinationAsync(options);
        var built = await fixture.BuiltVariantAsync(Variant(options));

        var sources = built.Files.Where(IsCompiled).ToArray();
        Assert.Equal(sources, application.Files.Where(IsCompiled));
        Assert.All(sources, file => Assert.Equal(built.Comparable(file), application.Comparable(file)));
    }

    /// <summary>Those tests that look over the whole web app; and once those of what the repository itself does not compile.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public async Task What_is_built_passes_its_tests(string variant)
    {
        var application = await fixture.BuiltVariantAsync(variant);
        string[] tests = ["WebAppAccessTests", "AntiforgeryTests", "InputTests", "PipelineOrderTests", "ProofTests", .. variant == "--auth oidc --sample true" ? ["OpenIdConnect", "OperatorTests"] : Array.Empty<string>()];

        await Command.DotNetAsync(application.Folder, "test", "Tests/bin/Debug/net10.0/Tests.dll", "--filter", string.Join('|', tests.Select(test => $"FullyQualifiedName~{test}")));
    }

    private static async Task<IEnumerable<string>> ExpectedFilesAsync(string options)
    {
        var atAProvider = options.Contains("--auth oidc", StringComparison.Ordinal);
        var tracked = options.Contains("--feed-gaps true", StringComparison.Ordinal) ? await TrackedFiles.OfAnApplicationWithFeedGapsAsync(atAProvider) : await TrackedFiles.OfAnApplicationAsync(atAProvider);
        return tracked.Where(file => !options.Contains(WithoutSample, StringComparison.Ordinal) || !Sample().IsMatch(file))
            .Select(file => file.Replace("ProductionTemplate", "Shop", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    /// <summary>The projects, but for settings; of <c>eng</c> and <c>dev.cs</c> others see to it that they build.</summary>
    private static bool IsCompiled(string file) =>
        file.Split('/')[0] is "AppHost" or "ServiceDefaults" or "WebApp" or "Tests" or "Directory.Build.props" or "Directory.Packages.props"
        && Path.GetFileName(file) is not ("appsettings.json" or "launchSettings.json");

    private static string Variant(string options) => string.Join(' ', WhatIsCompiled.Select(name => $"--{name} {Chosen(options, name)}"));

    private static string Chosen(string options, string name) => Regex.Match(options, $"--{name} (\\w+)").Groups[1].Value;

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(WebApp|Tests)[./]Notes|/Notes/|notes\.md|/notes\b|(Add|Map)Notes")]
    private static partial Regex Sample();
}
