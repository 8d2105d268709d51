using ServiceDefaults.Foundation;

namespace WebApp.Account.OpenIdConnect;

/// <summary>Nobody can sign in for the moment. What else the site does, it does.</summary>
/// <param name="answer">What people are told.</param>
/// <param name="cause">What happened.</param>
public sealed class ProviderAwayException(string answer, Exception? cause = null) : Exception(answer, cause), IExpectedFailure
{
    /// <inheritdoc/>
    public int StatusCode => StatusCodes.Status503ServiceUnavailable;

    /// <inheritdoc/>
    public string Answer => Message;

    /// <inheritdoc/>
    public TimeSpan? RetryAfter => TimeSpan.FromSeconds(10);
}
