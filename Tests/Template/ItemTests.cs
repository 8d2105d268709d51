using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Template;

/// <summary>The item templates of the package, added to an application as a user does.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class ItemTests(TemplateFixture fixture)
{
    private const string Filter = "FullyQualifiedName~UploadFolder|FullyQualifiedName~OrderLine|FullyQualifiedName~WebAppAccessTests";

    /// <summary>Their own tests, and those of who may come: what was added keeps the rules of the whole web app.</summary>
    [SkippableFact]
    public async Task A_check_and_an_endpoint_with_the_lines_that_they_ask_for_build_and_pass_their_tests()
    {
        var application = await fixture.Template.GenerateAsync("Shop", [.. PublicPackages.Option]);
        await AddAsync(application, "production-check", "-n", "UploadFolder");
        await AddAsync(application, "production-endpoint", "-n", "OrderLines", "--item", "OrderLine");
        Assert.True(application.Has("docs/upload-folder.md"));

        await Command.DotNetAsync(application.Folder, "build", "--no-restore", "-warnaserror");
        var passed = await Command.DotNetAsync(application.Folder, "test", "Tests/bin/Debug/net10.0/Tests.dll", "--filter", Filter, "--logger", "console;verbosity=normal");
        Assert.All(
            ["UploadFolderItemTests.The_web_app_asks_it", "OrderLinesApiTests.The_web_app_has_it", "OrderLineAccessTests.Every_field_is_read_and_written_by_those_in_the_table_and_by_nobody_else"],
            test => Assert.Contains("Passed Tests.", Regex.Match(passed, $".*{test}").Value, StringComparison.Ordinal));
        Assert.DoesNotContain("Skipped", passed, StringComparison.Ordinal);
    }

    /// <summary>Adds an item, and does in <c>Program.cs</c> what it says.</summary>
    private async Task AddAsync(GeneratedApplication application, params string[] arguments)
    {
        var instructions = await fixture.Template.NewAsync(application.Folder, arguments);
        var (before, after) = ("var builder = WebApplication.CreateBuilder(args);\nbuilder.AddServiceDefaults();\n", "    app.UseServiceDefaults();\n");
        var program = application.Read("WebApp/Program.cs");
        foreach (var line in Line().Matches(instructions).Select(match => match.Groups[1].Value))
        {
            program = line.StartsWith("using ", StringComparison.Ordinal) ? $"{line}\n{program}"
                : line.StartsWith("builder.", StringComparison.Ordinal) ? program.Replace(before, $"{before}{line}\n", StringComparison.Ordinal)
                : program.Replace(after, $"{after}    {line}\n", StringComparison.Ordinal);
        }

        application.Write("WebApp/Program.cs", program);
    }

    [GeneratedRegex("'([^']+;)'")]
    private static partial Regex Line();
}
