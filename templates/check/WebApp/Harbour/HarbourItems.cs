using ServiceDefaults.Checks;

namespace WebApp.Harbour;

/// <summary>What the checklist asks about this feature.</summary>
public static class HarbourItems
{
    private const string Path = "/";

    /// <summary>To be added in <c>Program.cs</c>: <c>builder.Services.AddChecklistItems(HarbourItems.All)</c>.</summary>
    public static IReadOnlyList<ChecklistItem> All { get; } =
    [
        new()
        {
            Id = "harbour.answers",
            Title = $"{Path} answers a visitor",
            Severity = Severity.Warning, // without this line it stops the start in Production
            Fix = $"Map {Path}, and let visitors in.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new() { Path = Path });
                return new Finding(answer.Status == StatusCodes.Status200OK, $"A visitor's request for {Path} was answered {answer.Status}.");
            },
        },
    ];
}
