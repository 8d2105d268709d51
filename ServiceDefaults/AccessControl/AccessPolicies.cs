namespace ServiceDefaults.AccessControl;

/// <summary>The policies of the application, one for each type.</summary>
public sealed class AccessPolicies
{
    private readonly Dictionary<Type, AccessPolicy> policies = [];

    /// <summary>Sorts them by type.</summary>
    /// <param name="all">The policies that are registered.</param>
    /// <exception cref="InvalidOperationException">There are two for one type: which one holds would be a guess.</exception>
    public AccessPolicies(IEnumerable<AccessPolicy> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        foreach (var policy in all)
        {
            if (!policies.TryAdd(policy.ItemType, policy))
            {
                throw new InvalidOperationException($"{policies[policy.ItemType].GetType()} and {policy.GetType()} are both policies for {policy.ItemType}. Make them one.");
            }
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<AccessPolicy> All => policies.Values;

    /// <summary>The policy of a type, else of the type that it derives from, as an entity's proxy does; null when there is none.</summary>
    /// <param name="itemType">The type.</param>
    public AccessPolicy? Find(Type? itemType) => itemType is null ? null : policies.GetValueOrDefault(itemType) ?? Find(itemType.BaseType);

    internal AccessPolicy<T> For<T>()
        where T : class => (AccessPolicy<T>)(policies.GetValueOrDefault(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T)} has no access policy, so nothing may be done with it. Register one: services.AddAccessPolicy<…>()."));
}
