namespace ServiceDefaults.Limits.Queries;

/// <summary>One page of a list.</summary>
/// <param name="Items">The results.</param>
/// <param name="Next">The cursor for <c>after</c> of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
