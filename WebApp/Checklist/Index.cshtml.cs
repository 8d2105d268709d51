using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;

namespace WebApp.Checklist;

/// <summary>The checklist, examined now: for operators, and in Development for everybody.</summary>
public sealed class IndexModel(ChecklistRunner checklist, IWebHostEnvironment host) : PageModel
{
    public ChecklistReport Report { get; private set; } = new([]);

    /// <summary>What does not hold, the critical before the rest.</summary>
    public IReadOnlyList<ChecklistResult> ToMend => [.. Report.Failures(Severity.Critical), .. Report.Failures(Severity.Warning)];

    public string Environment => host.EnvironmentName;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Report = await checklist.RunAsync(cancellationToken);

    public static string WordFor(ChecklistResult result) => result.Outcome switch
    {
        Outcome.Holds => "Holds",
        Outcome.NotExamined => "Not examined",
        _ => result.Item.Severity == Severity.Critical ? "Critical" : "Warning",
    };

    /// <summary>Its place on the page: an id without a point, which selectors take for something else.</summary>
    public static string AnchorOf(ChecklistResult result) => result.Item.Id.Replace('.', '-');

    public static string StyleOf(ChecklistResult result) => result.Outcome switch
    {
        Outcome.Holds => "holds",
        Outcome.NotExamined => "unknown",
        _ => result.Item.Severity == Severity.Critical ? "fails" : "warns",
    };
}
