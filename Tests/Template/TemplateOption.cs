using System.Text.Json;
using Tests.Parts;

namespace Tests.Template;

/// <summary>An option of <c>dotnet new aspire-production</c>, as <c>.template.config</c> defines it.</summary>
internal sealed record TemplateOption(string Id, string Name, string ShortName, string Type, string Default, string Description, IReadOnlyList<(string Value, string Description)> Choices)
{
    /// <summary>All of them, in the order in which people read them.</summary>
    public static IReadOnlyList<TemplateOption> All { get; } = [.. Read()];

    /// <summary>The row of the README's table.</summary>
    public string Row =>
        $"| `--{Name}`{(ShortName.Length > 0 ? $", `-{ShortName}`" : "")} |{(Default.Length > 0 ? $" `{Default}` " : " ")}| "
        + $"{Description}{(Choices.Count > 0 ? " " : "")}{string.Join("; ", Choices.Select(choice => $"`{choice.Value}`: {choice.Description}"))} |";

    /// <summary>A file of <c>.template.config</c>.</summary>
    public static JsonElement Configuration(string file) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine(Repository.Root, ".template.config", file)));

    private static IEnumerable<TemplateOption> Read()
    {
        var names = Configuration("dotnetcli.host.json").GetProperty("symbolInfo");
        foreach (var symbol in Configuration("template.json").GetProperty("symbols").EnumerateObject().Where(symbol => Text(symbol.Value, "type") == "parameter"))
        {
            var name = names.GetProperty(symbol.Name);
            yield return new(
                symbol.Name, Text(name, "longName"), Text(name, "shortName"), Text(symbol.Value, "datatype"), Text(symbol.Value, "defaultValue"), Text(symbol.Value, "description"),
                symbol.Value.TryGetProperty("choices", out var choices) ? [.. choices.EnumerateArray().Select(choice => (Text(choice, "choice"), Text(choice, "description")))] : []);
        }
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
