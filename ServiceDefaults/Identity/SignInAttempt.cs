namespace ServiceDefaults.Identity;

/// <summary>An attempt to sign in with a password.</summary>
public sealed class SignInAttempt
{
    /// <summary>How long the name is still locked out; null when it is not.</summary>
    public TimeSpan? NameWait { get; init; }

    /// <summary>How long the address is still locked out; null when it is not.</summary>
    public TimeSpan? AddressWait { get; init; }

    /// <summary>Whether the password may be looked at.</summary>
    public bool IsAllowed => NameWait is null && AddressWait is null;

    internal Action<string?>? WhenFailed { get; init; }

    internal Func<Task>? WhenSucceeded { get; init; }

    /// <summary>The name or the password was wrong.</summary>
    /// <param name="user">The user's id for the log; null when there is no such user.</param>
    public void Failed(string? user) => WhenFailed?.Invoke(user);

    /// <summary>The password was right.</summary>
    /// <returns>A task that completes when the attempt counts no more.</returns>
    public Task SucceededAsync() => WhenSucceeded?.Invoke() ?? Task.CompletedTask;
}
