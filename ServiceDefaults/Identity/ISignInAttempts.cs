namespace ServiceDefaults.Identity;

/// <summary>Where failed attempts to sign in are counted.</summary>
public interface ISignInAttempts
{
    /// <summary>Counts an attempt, unless there have been too many; in one step, so that parallel attempts cannot slip through.</summary>
    /// <param name="counter">What is counted; opaque.</param>
    /// <param name="limit">How many may be counted in a window.</param>
    /// <param name="window">The window; it slides.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How it stands now.</returns>
    Task<AttemptCount> CountAsync(string counter, int limit, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Takes one counted attempt back.</summary>
    /// <param name="counter">What is counted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it is taken back.</returns>
    Task TakeBackAsync(string counter, CancellationToken cancellationToken);

    /// <summary>Begins to count from 0.</summary>
    /// <param name="counter">What is counted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when all attempts are forgotten.</returns>
    Task ForgetAsync(string counter, CancellationToken cancellationToken);
}

/// <summary>How it stands with a counter.</summary>
/// <param name="Count">How many attempts are counted, this one included.</param>
/// <param name="Wait">Zero when this attempt was counted; else it was not, and this is how long until one will be.</param>
public readonly record struct AttemptCount(int Count, TimeSpan Wait)
{
    /// <summary>Whether the attempt may be made.</summary>
    public bool IsAllowed => Wait == TimeSpan.Zero;
}
