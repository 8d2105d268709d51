namespace ServiceDefaults.Identity;

/// <summary>
/// Metadata of endpoints that look at passwords or make accounts: the forms that are sent to all of them from one address are
/// counted together, by all replicas. See <see cref="SignInOptions.RequestsPerAddress"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignInRateAttribute : Attribute;
