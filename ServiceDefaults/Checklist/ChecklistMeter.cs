using System.Diagnostics.Metrics;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Checklist;

/// <summary>How the checklist stands, in numbers.</summary>
public sealed class ChecklistMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ServiceDefaults.Checklist";

    private volatile ChecklistReport? last;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public ChecklistMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        // Observed, and not recorded: the start's report is there before anybody collects.
        meters.Create(Name).CreateObservableGauge("checklist.items", Count, "{item}", "Items of the checklist, by severity and by whether they hold.");
    }

    /// <summary>Keeps the report that is told from now on.</summary>
    /// <param name="report">The report.</param>
    public void Stand(ChecklistReport report) => last = report;

    /// <summary>Also what there is none of, so that the number goes down.</summary>
    private IEnumerable<Measurement<int>> Count() => last is { } report
        ? Enum.GetValues<Severity>().SelectMany(severity => CountOf([.. report.Results.Where(result => result.Item.Severity == severity)], severity))
        : [];

    private static IEnumerable<Measurement<int>> CountOf(IReadOnlyCollection<ChecklistResult> results, Severity severity)
    {
        var held = results.Count(result => result.Outcome == Outcome.Holds);
        return [Measure(held, severity, "held"), Measure(results.Count - held, severity, "failed")];
    }

    private static Measurement<int> Measure(int count, Severity severity, string state) => new(
        count,
        new KeyValuePair<string, object?>("checklist.severity", severity.ToString().ToLowerInvariant()),
        new KeyValuePair<string, object?>("checklist.state", state));
}
