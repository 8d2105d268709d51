using System.Linq.Expressions;

namespace ServiceDefaults.AccessControl;

/// <summary>One rule: an operation, for whom, on which items.</summary>
internal sealed class ItemRule<T>(Operation operation, Gate who, Expression<Func<T, Caller, bool>>? items)
{
    /// <summary>Compiled once in the life of the policy: compiling takes a hundred thousand times as long as asking.</summary>
    private readonly Lazy<Func<T, Caller, bool>?> compiled = new(() => items?.Compile());

    public Operation Operation => operation;

    public Gate Who => who;

    public bool CoversAll => items is null;

    public bool Covers(T item, Caller caller) => compiled.Value is not { } covers || covers(item, caller);

    /// <summary>The condition as a query wants it: about the query's own item, and with the caller as a captured value, which a database gets as parameters.</summary>
    public Expression ConditionFor(ParameterExpression item, Expression caller) =>
        new Substitution(new() { [items!.Parameters[0]] = item, [items.Parameters[1]] = caller }).Visit(items.Body);

    private sealed class Substitution(Dictionary<ParameterExpression, Expression> replacements) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => replacements.GetValueOrDefault(node, node);
    }
}
