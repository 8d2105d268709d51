namespace Tests.Attacks;

/// <summary>What takes minutes runs when it is asked for.</summary>
internal static class Soak
{
    public static void Require() =>
        Skip.If(Environment.GetEnvironmentVariable("SOAK") != "true", "takes minutes: `dotnet dev.cs test --soak`, or SOAK=true, runs it");
}
