using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Sessions;

/// <summary>The session store did not answer in time or refused. The client gets 503 with Retry-After. A change may have arrived all the same: only the answer of the store would tell.</summary>
/// <param name="operation">What was tried, as a word: load, save.</param>
/// <param name="innerException">Why.</param>
public sealed class SessionStoreUnavailableException(string operation, Exception innerException)
    : Exception($"The session store failed to {operation} a session.", innerException), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => StatusCodes.Status503ServiceUnavailable;

    /// <inheritdoc />
    public string Answer => "Sessions are unavailable at the moment. What you changed may not have been saved: please try again.";

    /// <inheritdoc />
    public TimeSpan? RetryAfter => TimeSpan.FromSeconds(2);
}

/// <summary>The session was ended, here or on another replica, while this request held it. Nothing was saved; the client gets 409.</summary>
public sealed class SessionEndedException()
    : Exception("The session was ended while this request was using it; its changes were not saved."), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => StatusCodes.Status409Conflict;

    /// <inheritdoc />
    public string Answer => "Your session was ended while this request was under way; nothing was saved.";

    /// <inheritdoc />
    public TimeSpan? RetryAfter => null;
}

/// <summary>A session would hold more than <see cref="SessionStoreOptions.MaxBytes"/>. The client gets 413 with the size and the limit.</summary>
/// <param name="size">The size it would have, in bytes.</param>
/// <param name="limit">The limit, in bytes.</param>
public sealed class SessionTooLargeException(int size, int limit) : InvalidOperationException(
    $"The session would hold {size} bytes; the limit is {limit} (Session:MaxBytes). Keep large data in the application's own store, and only its key in the session."), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => StatusCodes.Status413PayloadTooLarge;

    /// <inheritdoc />
    public string Answer => $"Your session would hold {size} bytes; at most {limit} are kept.";

    /// <inheritdoc />
    public TimeSpan? RetryAfter => null;
}
