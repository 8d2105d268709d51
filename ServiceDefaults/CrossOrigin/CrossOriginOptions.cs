namespace ServiceDefaults.CrossOrigin;

/// <summary>Which other origins may send requests that change something. Configuration section <c>CrossOrigin</c>.</summary>
public sealed class CrossOriginOptions
{
    /// <summary>Origins: scheme, host and, if it is not the scheme's own, port, such as <c>https://login.example</c>. Default: none.</summary>
    public IList<string> TrustedOrigins { get; } = [];
}
