using System.Diagnostics.Metrics;

namespace ServiceDefaults.Checklist;

/// <summary>How the checklist stands, in numbers.</summary>
public sealed class ChecklistMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ServiceDefaults.Checklist";

    private readonly Gauge<int> items;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public ChecklistMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        items = meters.Create(Name).CreateGauge<int>("checklist.items", "{item}", "Items of the checklist, by severity and by whether they hold.");
    }

    /// <summary>Tells how many items of a severity are in a state; also when there are none, so that the number goes down.</summary>
    /// <param name="count">How many.</param>
    /// <param name="severity">The severity, in lower case.</param>
    /// <param name="state"><c>held</c>, or <c>failed</c>.</param>
    public void Stand(int count, string severity, string state) =>
        items.Record(count, new KeyValuePair<string, object?>("checklist.severity", severity), new KeyValuePair<string, object?>("checklist.state", state));
}
