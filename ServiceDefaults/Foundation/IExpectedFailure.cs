using System.Collections.Immutable;

namespace ServiceDefaults.Foundation;

/// <summary>An exception that is part of the contract: it knows how the client is answered.</summary>
public interface IExpectedFailure
{
    /// <summary>The HTTP status code of the answer.</summary>
    int StatusCode { get; }

    /// <summary>What the client is told; nothing of the inside.</summary>
    string Answer { get; }

    /// <summary>When a retry makes sense, in whole seconds; null when it does not.</summary>
    TimeSpan? RetryAfter { get; }

    /// <summary>What is wrong with which field of the request: the member <c>errors</c> of the answer. Default: none.</summary>
    IReadOnlyDictionary<string, string[]> Fields => ImmutableDictionary<string, string[]>.Empty;
}
