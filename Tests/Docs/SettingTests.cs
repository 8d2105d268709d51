using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tests.Docs;

/// <summary>Settings that the documentation names.</summary>
public sealed partial class SettingTests : IDisposable
{
    private readonly KnownSettings known = new();

    public void Dispose() => known.Dispose();

    [Fact]
    public void Every_setting_in_a_table_exists_and_its_default_is_the_one_that_the_table_says()
    {
        var settings = Page.All.SelectMany(Settings).Where(setting => !setting.Key.StartsWith("AppHost:", StringComparison.Ordinal)).ToArray(); // the AppHost is another program
        Assert.True(settings.Length > 40, $"only {settings.Length} found");
        Assert.True(settings.Count(setting => setting.Default is not null) > 20);

        Problems.None(settings.Where(setting => !known.Has(setting.Key)).Select(setting => $"{setting.Page}: {setting.Key} does not exist"));
        Problems.None(settings.Where(setting => setting.Default is not null && !known.IsDefault(setting.Key, setting.Default))
            .Select(setting => $"{setting.Page}: {setting.Key} is not {setting.Default} by default"));
    }

    [Fact]
    public void Every_settings_file_in_the_documentation_can_be_read_and_has_settings_that_exist()
    {
        var files = Page.All.SelectMany(page => page.Snippets).Where(snippet => snippet.Language == "json" && !AnswerTests.IsAnswer(snippet)).ToArray();
        Assert.NotEmpty(files);
        foreach (var snippet in files)
        {
            var unknown = Keys(JsonSerializer.Deserialize<JsonElement>(snippet.Text), "").Where(key => !known.Has(key));
            Problems.None(unknown.Select(key => $"{snippet}: {key}"));
        }
    }

    /// <summary>The rows of tables whose first column is headed "setting" or "key"; a default where the row has one setting and says one value.</summary>
    private static IEnumerable<(Page Page, string Key, string? Default)> Settings(Page page)
    {
        string? section = null;
        foreach (var row in page.Prose)
        {
            if (TableHead().Match(row) is { Success: true } head)
            {
                section = head.Groups[1].Success ? head.Groups[1].Value + ":" : "";
            }
            else if (!row.StartsWith('|'))
            {
                section = null;
            }
            else if (section is not null && row.Split('|') is [_, var first, var second, ..])
            {
                var keys = Key().Matches(first).Select(key => section + key.Groups[1].Value).ToArray();
                foreach (var key in keys)
                {
                    yield return (page, key, keys.Length == 1 && !first.Contains('…', StringComparison.Ordinal) && !first.Contains("`:", StringComparison.Ordinal) && Value().Match(second.Trim()) is { Success: true } value ? value.Groups[1].Value : null);
                }
            }
        }
    }

    private static IEnumerable<string> Keys(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Keys(member.Value, path.Length == 0 ? member.Name : $"{path}:{member.Name}"))
        : [path];

    [GeneratedRegex(@"^\| (?:setting|key)(?: below `(\w+)`)? \| default ")]
    private static partial Regex TableHead();

    [GeneratedRegex(@"`([A-Za-z_][\w:<>]*)`")]
    private static partial Regex Key();

    [GeneratedRegex("^`([^`]+)`$")]
    private static partial Regex Value();
}
