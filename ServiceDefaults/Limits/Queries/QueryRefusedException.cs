using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Queries;

/// <summary>A query asks for too much, or for a page that cannot be found. The client gets 400 with the list, the kind of limit and its value.</summary>
/// <param name="answer">What the client is told.</param>
/// <param name="field">Which part of the query string it is about; null when it is about none.</param>
public sealed class QueryRefusedException(string answer, string? field = null) : Exception(answer), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => StatusCodes.Status400BadRequest;

    /// <inheritdoc />
    public string Answer => Message;

    /// <inheritdoc />
    public TimeSpan? RetryAfter => null;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string[]> Fields { get; } = field is null ? new() : new Dictionary<string, string[]> { [field] = [answer] };
}
