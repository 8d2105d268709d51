namespace ServiceDefaults.Health;

/// <summary>Adds a member to what operators see at <c>/health</c>.</summary>
internal interface IHealthDetail
{
    /// <summary>The name of the member.</summary>
    string Name { get; }

    /// <summary>Reads its value; it does not throw.</summary>
    /// <returns>The value, which is written as JSON.</returns>
    Task<object> ReadAsync();
}
