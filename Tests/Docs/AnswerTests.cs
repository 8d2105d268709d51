using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ServiceDefaults;
using Tests.Parts;

namespace Tests.Docs;

/// <summary>What the documentation says that the application says.</summary>
public sealed class AnswerTests
{
    private static readonly string[] Languages = ["csharp", "html", "json", "sh", "text", "yaml"];

    [Fact]
    public void Every_snippet_says_in_which_language_it_is_and_that_language_is_tested() =>
        Problems.None(Page.All.SelectMany(page => page.Snippets).Where(snippet => !Languages.Contains(snippet.Language)).Select(snippet => $"{snippet}: '{snippet.Language}'"));

    [Fact]
    public async Task The_answer_of_uptime_has_the_members_that_its_page_shows()
    {
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Session__Store"] = "Memory" });
        using var visitor = site.Visitor();
        var real = JsonSerializer.Deserialize<JsonElement>(await visitor.GetStringAsync("/uptime"));

        var shown = JsonSerializer.Deserialize<JsonElement>(Page.All.SelectMany(page => page.Snippets).Single(IsAnswer).Text);

        Assert.Equal(Members(real), Members(shown));
    }

    [Fact]
    public async Task A_refused_start_says_what_its_page_shows()
    {
        var shown = Page.All.SelectMany(page => page.Snippets).Single(snippet => snippet.Text.StartsWith("The application did not start:", StringComparison.Ordinal));

        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Production" });

        Assert.Equal(1, exitCode);
        Assert.All(shown.Lines, line => Assert.Contains(line, output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tree_in_the_readme_is_the_tree_that_there_is() =>
        Problems.None(Page.All.Single(page => page.Path == "README.md").Snippets.Where(snippet => snippet.Language == "text").SelectMany(Missing));

    [Fact]
    public void Probes_for_Kubernetes_are_those_of_the_chart()
    {
        var chart = File.ReadAllText(Path.Combine(Repository.Root, "Tests", "AppHost", "Published", "kubernetes", "templates", "webapp", "deployment.yaml"));
        foreach (var snippet in Page.All.SelectMany(page => page.Snippets).Where(snippet => snippet.Language == "yaml"))
        {
            string? probe = null;
            foreach (var (key, value) in snippet.Lines.Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0).Select(line => line.Split(':', 2)).Select(parts => (Key: parts[0], Value: parts[1].Trim())))
            {
                probe = key.StartsWith(' ') ? probe : key;
                var part = chart[chart.IndexOf($"{probe}:", StringComparison.Ordinal)..];
                part = key.StartsWith(' ') ? part[..part.IndexOf("port:", StringComparison.Ordinal)] : part;
                Assert.True(key.Trim() == "httpGet" ? part.Contains($"path: \"{value.Split(' ')[2].TrimEnd(',')}\"", StringComparison.Ordinal) : part.Contains($"{key.Trim()}: {value}".TrimEnd(), StringComparison.Ordinal), $"{snippet}: {probe} {key}: {value}");
            }
        }
    }

    [Fact]
    public void An_attribute_in_a_snippet_of_Razor_is_one_that_a_tag_helper_understands()
    {
        var understood = typeof(RequestPipeline).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<HtmlTargetElementAttribute>()).Select(target => $"<{target.Tag} {target.Attributes}").ToArray();

        Problems.None(Page.All.SelectMany(page => page.Snippets).Where(snippet => snippet.Language == "html" && !understood.Any(snippet.Text.Contains)).Select(snippet => snippet.ToString()));
    }

    internal static bool IsAnswer(Snippet snippet) => snippet.Language == "json" && snippet.Text.Contains("\"uptimeSeconds\"", StringComparison.Ordinal);

    private static IEnumerable<string> Members(JsonElement answer) => answer.EnumerateObject()
        .SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? Members(member.Value).Select(name => $"{member.Name}:{name}") : [member.Name]);

    /// <summary>A line is a name, two blanks and what it is; what is indented is in the folder above it.</summary>
    private static IEnumerable<string> Missing(Snippet tree)
    {
        var folder = "";
        foreach (var line in tree.Lines)
        {
            var name = line.Trim().Split("  ")[0];
            folder = line.StartsWith(' ') ? folder : name;
            var path = line.StartsWith(' ') ? folder + name : name;
            if (!Path.Exists(Path.Combine(Repository.Root, path)))
            {
                yield return $"{tree}: {path}";
            }
        }
    }
}
