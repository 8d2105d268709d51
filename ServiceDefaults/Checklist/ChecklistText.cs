using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Checklist;

/// <summary>A report for a terminal, and for programs.</summary>
internal static class ChecklistText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="report">The report.</param>
    /// <param name="heading">What was examined; members of an object.</param>
    public static string AsDocument(ChecklistReport report, params IEnumerable<(string Name, string Value)> heading)
    {
        var document = new JsonObject([.. heading.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Value))]);
        document["items"] = JsonSerializer.SerializeToNode(report.Results.Select(DocumentOf), Json);
        return document.ToJsonString(Json);
    }

    /// <param name="report">The report.</param>
    /// <param name="heading">What was examined; the first line.</param>
    public static string AsTable(ChecklistReport report, string heading)
    {
        var width = report.Results.Max(result => result.Item.Id.Length);
        var lines = new List<string> { heading };
        foreach (var section in report.Results.GroupBy(result => result.Item.Section))
        {
            lines.Add($"\n{section.Key} (docs/{section.Key}.md)");
            foreach (var result in section)
            {
                lines.Add($"  {Word(result),-8} {result.Item.Id.PadRight(width)}  {result.Item.Title}");
                lines.Add($"  {"",-8} {"".PadRight(width)}  {(result.Outcome is Outcome.Fails ? result.ToString() : result.Evidence)}");
            }
        }

        lines.Add($"\n{report.Summary()}");
        return string.Join('\n', lines);
    }

    private static object DocumentOf(ChecklistResult result) => new
    {
        id = result.Item.Id,
        title = result.Item.Title,
        severity = result.Item.Severity.ToString().ToLowerInvariant(),
        asvs = result.Item.Asvs,
        outcome = Word(result),
        evidence = result.Evidence,
        fix = result.Item.Fix,
        page = $"docs/{result.Item.Section}.md",
    };

    private static string Word(ChecklistResult result) => result.Outcome switch
    {
        Outcome.Holds => "ok",
        Outcome.NotExamined => "skipped",
        _ => result.Item.Severity == Severity.Critical ? "CRITICAL" : "WARNING",
    };
}
