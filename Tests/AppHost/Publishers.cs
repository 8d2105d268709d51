using AppHost;

namespace Tests.AppHost;

/// <summary>Whether the AppHost was built with the publishers of Docker Compose and Helm.</summary>
internal static class Publishers
{
    public static bool AreBuilt { get; } = typeof(ReverseProxy).Assembly.GetType("AppHost.Publishing.ComposeFiles") is not null;

    /// <summary>Skips the test without them.</summary>
    public static void Require() => Skip.IfNot(AreBuilt, "the AppHost was built without the publishers of Docker Compose and Helm");
}
