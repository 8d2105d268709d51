namespace ServiceDefaults.Checks;

/// <summary>What became of one line.</summary>
/// <param name="Item">The line.</param>
/// <param name="Outcome">How it stands.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record ChecklistResult(ChecklistLine Item, Outcome Outcome, string Evidence)
{
    /// <summary>What is wrong and how to mend it, in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Outcome == Outcome.Refused ? Evidence : $"{Evidence} {Item.Fix}";
}

/// <summary>What became of the whole checklist.</summary>
/// <param name="Results">The items, by section.</param>
public sealed record ChecklistReport(IReadOnlyList<ChecklistResult> Results)
{
    /// <summary>The items that do not hold.</summary>
    /// <param name="severity">Those of this severity.</param>
    /// <returns>The items.</returns>
    public IEnumerable<ChecklistResult> Failures(Severity severity) =>
        Results.Where(result => result.Outcome is Outcome.Fails or Outcome.Refused && result.Item.Severity == severity);

    /// <summary>The result in a sentence.</summary>
    /// <returns>The sentence.</returns>
    public string Summary()
    {
        var (critical, warnings) = (Failures(Severity.Critical).Count(), Failures(Severity.Warning).Count());
        return $"{Results.Count} items: {Count(Outcome.Holds)} hold; do not hold: {critical} critical, {warnings} {(warnings == 1 ? "warning" : "warnings")}; not examined: {Count(Outcome.NotExamined)}.";
    }

    private int Count(Outcome outcome) => Results.Count(result => result.Outcome == outcome);
}
