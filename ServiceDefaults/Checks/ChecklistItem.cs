namespace ServiceDefaults.Checks;

/// <summary>A line of the checklist that checks itself, from inside the application.</summary>
public sealed record ChecklistItem : ChecklistLine
{
    /// <summary>The options whose refusal by their validator this item reports; null for none.</summary>
    public Type? Options { get; init; }

    /// <summary>Whether it stops the start in Development too, where without it nothing works. Default: only in Production, if it is critical.</summary>
    public bool StopsDevelopment { get; init; }

    /// <summary>Finds out. It may throw: what cannot be examined does not hold.</summary>
    public required Func<Inspection, ValueTask<Finding>> Check { get; init; }
}
