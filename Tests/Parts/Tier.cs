namespace Tests.Parts;

/// <summary>
/// Names the two tiers of tests. A test without a tier runs by default and may not depend on how fast or how free the machine is.
/// </summary>
internal static class Tier
{
    /// <summary>The trait that <c>default.runsettings</c> filters by.</summary>
    public const string Name = "Tier";

    /// <summary>Marks tests that run with <c>all.runsettings</c> only: they take long, or measure time and memory.</summary>
    public const string All = "All";
}
