namespace ServiceDefaults.AccessControl;

/// <summary>Who may read and write a field. Nobody, until the rule says so.</summary>
public sealed class FieldRule
{
    private readonly Dictionary<Operation, Gate> writers = [];
    private Gate readers = _ => false;

    internal FieldRule(string name) => Name = name;

    /// <summary>The name of the property.</summary>
    public string Name { get; }

    /// <summary>The operations in which somebody may write it.</summary>
    public IReadOnlyCollection<Operation> WrittenIn => writers.Keys;

    /// <summary>Opens the field for reading.</summary>
    /// <param name="who">The gate.</param>
    /// <returns>This rule.</returns>
    public FieldRule ReadBy(Gate who)
    {
        ArgumentNullException.ThrowIfNull(who);
        readers = who;
        return this;
    }

    /// <summary>Opens the field for writing in some operations.</summary>
    /// <param name="who">The gate.</param>
    /// <param name="operations">The operations.</param>
    /// <returns>This rule.</returns>
    public FieldRule WrittenBy(Gate who, params ReadOnlySpan<Operation> operations)
    {
        ArgumentNullException.ThrowIfNull(who);
        foreach (var operation in operations)
        {
            writers[operation] = who;
        }

        return this;
    }

    internal bool MayRead(Caller caller) => readers(caller);

    internal bool MayWrite(Caller caller, Operation operation) => writers.TryGetValue(operation, out var who) && who(caller);
}
