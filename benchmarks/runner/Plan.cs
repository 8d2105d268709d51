namespace Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often each contender takes its turn.</param>
/// <param name="Turn">How long a turn takes.</param>
/// <param name="WarmUp">For how long each contender is warmed up: the JIT compiler optimizes in the background.</param>
internal sealed record Plan(int Rounds, TimeSpan Turn, TimeSpan WarmUp)
{
    public const int Connections = 64;

    /// <summary>Many, so that no session is hot.</summary>
    public const int Sessions = 1000;

    public static readonly Plan Full = new(7, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));

    public static readonly Plan Quick = new(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
}
