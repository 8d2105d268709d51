namespace ServiceDefaults.Checklist;

/// <summary>A line of the checklist that checks itself.</summary>
public sealed record ChecklistItem
{
    /// <summary>What it is called: <c>section.name</c>. The section is the page in <c>docs</c> that explains it.</summary>
    public required string Id { get; init; }

    /// <summary>What holds, as a sentence without a full stop.</summary>
    public required string Title { get; init; }

    /// <summary>What follows when it does not hold. Default: no start in Production.</summary>
    public Severity Severity { get; init; } = Severity.Critical;

    /// <summary>The requirements of OWASP ASVS 5.0 that it answers.</summary>
    public IReadOnlyList<string> Asvs { get; init; } = [];

    /// <summary>The sentence that mends it; it names the setting.</summary>
    public required string Fix { get; init; }

    /// <summary>The id of an item that has to hold before this one can be examined; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>The options whose refusal by their validator this item reports; null for none.</summary>
    public Type? Options { get; init; }

    /// <summary>Finds out. It may throw: what cannot be examined does not hold.</summary>
    public required Func<Inspection, ValueTask<Finding>> Check { get; init; }

    /// <summary>The part of the id before the dot.</summary>
    public string Section => Id.Split('.')[0];
}

/// <summary>What follows when an item does not hold.</summary>
public enum Severity
{
    /// <summary>The application does not start in Production.</summary>
    Critical,

    /// <summary>It starts, and the checklist says so.</summary>
    Warning,
}

/// <summary>What a check has found.</summary>
/// <param name="Holds">Whether the item holds.</param>
/// <param name="Evidence">What was really seen: a sentence, never a secret.</param>
public readonly record struct Finding(bool Holds, string Evidence)
{
    /// <summary>A check that waits for nothing returns its finding as it is.</summary>
    /// <param name="finding">The finding.</param>
    public static implicit operator ValueTask<Finding>(Finding finding) => new(finding);

    /// <summary>The same, for languages without conversions.</summary>
    /// <returns>A task that is complete.</returns>
    public ValueTask<Finding> ToValueTask() => new(this);
}
