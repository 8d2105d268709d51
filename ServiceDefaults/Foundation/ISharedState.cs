namespace ServiceDefaults.Foundation;

/// <summary>Tells whether all replicas see what this one stores about its visitors.</summary>
internal interface ISharedState
{
    /// <summary>Whether it outlives this process and is seen by every replica.</summary>
    bool IsShared { get; }
}
