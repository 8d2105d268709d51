using ServiceDefaults.Foundation;

namespace Tests.Checklist;

/// <summary>A start check of an application's own that refuses.</summary>
internal sealed class MissesItsVolume : IStartCheck
{
    public Task VerifyAsync(CancellationToken cancellationToken) => throw new StartRefusedException("/var/uploads does not exist. Mount a volume there.");
}
