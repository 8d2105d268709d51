namespace Tests.Attacks;

/// <summary>What measures time and memory runs while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
