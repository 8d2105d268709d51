namespace ServiceDefaults.Checks;

/// <summary>A line of a checklist: what holds, and what mends it when it does not.</summary>
public abstract record ChecklistLine
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

    /// <summary>The id of a line that has to hold before this one can be examined; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>The part of the id before the dot.</summary>
    public string Section => Id.Split('.')[0];
}

/// <summary>What follows when a line does not hold.</summary>
public enum Severity
{
    /// <summary>The application does not start in Production.</summary>
    Critical,

    /// <summary>It starts, and the checklist says so.</summary>
    Warning,
}
