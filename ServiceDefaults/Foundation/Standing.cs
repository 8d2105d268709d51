namespace ServiceDefaults.Foundation;

/// <summary>How it stands with a client.</summary>
/// <param name="Policy">The name of what is counted.</param>
/// <param name="Limit">How many requests a client has.</param>
/// <param name="Window">In which time.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="FullIn">When all of them are back.</param>
/// <param name="RetryAfter">When the next will be; null when this one was counted.</param>
internal sealed record Standing(string Policy, int Limit, TimeSpan Window, int Remaining, TimeSpan FullIn, TimeSpan? RetryAfter)
{
    public bool IsAllowed => RetryAfter is null;

    /// <summary>The one that a client has to mind.</summary>
    public Standing OrStricter(Standing other) => !other.IsAllowed || (IsAllowed && other.Remaining < Remaining) ? other : this;
}
