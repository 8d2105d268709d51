namespace ServiceDefaults.Sessions;

/// <summary>
/// On an endpoint or a page that needs no session, whoever asks: nobody is signed in there, the session store is not asked,
/// and so it answers while the store is away.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithoutSessionAttribute : Attribute;
