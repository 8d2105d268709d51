using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit;

/// <summary>A line of the checklist that is seen from outside, on any site.</summary>
internal sealed record AuditItem : ChecklistLine
{
    /// <summary>Finds out. What cannot be examined does not hold; what the site does not have is not examined.</summary>
    public required Func<AuditedSite, ValueTask<Finding>> Check { get; init; }
}
