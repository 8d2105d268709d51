using ServiceDefaults.Foundation;

namespace ServiceDefaults.Sessions;

/// <summary>Tells whether sessions are shared.</summary>
internal sealed class SharedSessions(ISessionStorage storage) : ISharedState
{
    public bool IsShared => storage.IsShared;
}
