namespace ServiceDefaults.Checklist;

/// <summary>What became of one item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Outcome">How it stands.</param>
/// <param name="Evidence">What was seen.</param>
public sealed record ChecklistResult(ChecklistItem Item, Outcome Outcome, string Evidence)
{
    /// <summary>What is wrong and how to mend it, in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Outcome == Outcome.Refused ? Evidence : $"{Evidence} {Item.Fix}";
}

/// <summary>How it stands with an item.</summary>
public enum Outcome
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It does not.</summary>
    Fails,

    /// <summary>It does not, and the evidence is a refusal that says itself how to mend it.</summary>
    Refused,

    /// <summary>Nobody knows: something else has to be mended first.</summary>
    NotExamined,
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
    public string Summary() =>
        $"{Results.Count} items: {Count(Outcome.Holds)} hold; do not hold: {Failures(Severity.Critical).Count()} critical, {Failures(Severity.Warning).Count()} warnings; not examined: {Count(Outcome.NotExamined)}.";

    private int Count(Outcome outcome) => Results.Count(result => result.Outcome == outcome);
}
