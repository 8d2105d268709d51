using System.Linq.Expressions;
using System.Security.Claims;

namespace ServiceDefaults.AccessControl;

/// <summary>Who may do what with the items of one type. What no rule allows is denied.</summary>
public abstract class AccessPolicy
{
    private protected AccessPolicy()
    {
    }

    /// <summary>The type of the items.</summary>
    public abstract Type ItemType { get; }

    /// <summary>The operations for which there is a rule; every other one is denied to everybody.</summary>
    public abstract IReadOnlyCollection<Operation> Operations { get; }

    /// <summary>The fields for which there is a rule, by the name of the property; every other one is denied to everybody.</summary>
    public abstract IReadOnlyDictionary<string, FieldRule> Fields { get; }

    /// <summary>Whether the caller passes the gate of some rule, whatever the item.</summary>
    internal abstract bool Admits(Caller caller, Operation operation);

    internal abstract bool Covers(Access access, ClaimsPrincipal user, Operation operation, object item);
}

/// <summary>The base of a policy: a class for each type, whose constructor says what is allowed.</summary>
/// <example><code>
/// sealed class NotePolicy : AccessPolicy&lt;Note&gt;
/// {
///     public NotePolicy()
///     {
///         Allow(Operation.Read, Everyone, (note, caller) => note.IsPublished || note.AuthorId == caller.Id);
///         Allow(Operation.Create, SignedIn);
///         Field(note => note.Title).ReadBy(Everyone).WrittenBy(SignedIn, Operation.Create);
///     }
/// }
/// </code></example>
/// <typeparam name="T">The items.</typeparam>
public abstract class AccessPolicy<T> : AccessPolicy
    where T : class
{
    private readonly List<ItemRule<T>> rules = [];
    private readonly Dictionary<string, FieldRule> fields = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public sealed override Type ItemType => typeof(T);

    /// <inheritdoc />
    public sealed override IReadOnlyCollection<Operation> Operations => [.. rules.Select(rule => rule.Operation).Distinct()];

    /// <inheritdoc />
    public sealed override IReadOnlyDictionary<string, FieldRule> Fields => fields;

    internal sealed override bool Covers(Access access, ClaimsPrincipal user, Operation operation, object item) =>
        access.GrantOf<T>(user, operation).Covers((T)item);

    internal sealed override bool Admits(Caller caller, Operation operation) => GrantTo(caller, operation).IsGiven;

    /// <summary>What the rules give to one caller.</summary>
    internal Grant<T> GrantTo(Caller caller, Operation operation) =>
        new(caller, [.. rules.Where(rule => rule.Operation == operation && rule.Who(caller))]);

    /// <summary>The gate for all, signed in or not.</summary>
    protected static bool Everyone(Caller caller) => true;

    /// <summary>The gate for those who have signed in.</summary>
    protected static bool SignedIn(Caller caller) => caller is { IsSignedIn: true };

    /// <summary>The gate for those who have a role.</summary>
    protected static Gate InRole(string role) => caller => caller.IsInRole(role);

    /// <summary>Allows an operation. Of several rules for one operation, one is enough.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="who">The gate that the caller must pass.</param>
    /// <param name="items">
    /// Which items; null is all. Merged into queries, so a database must be able to translate what it asks of the item;
    /// what it asks of the caller is evaluated before.
    /// </param>
    protected void Allow(Operation operation, Gate who, Expression<Func<T, Caller, bool>>? items = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(who);
        rules.Add(new ItemRule<T>(operation, who, items));
    }

    /// <summary>Begins the rule of a field, which nobody may read or write until the rule says so.</summary>
    /// <param name="field">The property.</param>
    /// <returns>The rule, to be completed.</returns>
    /// <exception cref="ArgumentException">It is no property of the item, or has a rule already.</exception>
    protected FieldRule Field<TField>(Expression<Func<T, TField>> field)
    {
        var rule = new FieldRule(FieldName.Of(field));
        return fields.TryAdd(rule.Name, rule) ? rule : throw new ArgumentException($"{typeof(T).Name}.{rule.Name} has a rule already.", nameof(field));
    }
}
