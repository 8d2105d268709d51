namespace Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often each contender takes its turn.</param>
/// <param name="Seconds">How long a turn takes, for reads and again for writes.</param>
/// <param name="WarmUpSeconds">The same for the turn that does not count: the JIT compiler optimizes in the background.</param>
internal sealed record Plan(int Rounds, int Seconds, int WarmUpSeconds)
{
    public const int Connections = 64;

    /// <summary>Many, so that no session is hot.</summary>
    public const int Sessions = 1000;

    public static readonly Plan Full = new(Rounds: 9, Seconds: 2, WarmUpSeconds: 5);

    public static readonly Plan Quick = new(Rounds: 2, Seconds: 1, WarmUpSeconds: 2);
}
