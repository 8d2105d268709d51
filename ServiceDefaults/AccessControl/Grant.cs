using System.Linq.Expressions;

namespace ServiceDefaults.AccessControl;

/// <summary>What one caller was given for one operation: the rules whose gates they passed.</summary>
internal sealed class Grant<T>(Caller caller, IReadOnlyList<ItemRule<T>> rules)
    where T : class
{
    /// <summary>Whether there are items at all for which it could be allowed.</summary>
    public bool IsGiven => rules.Count > 0;

    public bool Covers(T item) => rules.Any(rule => rule.Covers(item, caller));

    public IQueryable<T> Filter(IQueryable<T> items) => rules.Any(rule => rule.CoversAll) ? items : items.Where(Condition());

    private Expression<Func<T, bool>> Condition()
    {
        var item = Expression.Parameter(typeof(T), "item");
        var asking = Expression.Constant(caller);
        var condition = rules.Select(rule => rule.ConditionFor(item, asking)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(condition, item);
    }
}
