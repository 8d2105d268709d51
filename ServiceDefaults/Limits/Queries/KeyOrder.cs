using System.Linq.Expressions;

namespace ServiceDefaults.Limits.Queries;

/// <summary>Orders a query by a key and begins after one: unlike skipping, it costs the same on every page, and what is added or removed meanwhile shifts nothing.</summary>
internal static class KeyOrder
{
    public static IQueryable<T> Apply<T, TKey>(IQueryable<T> query, Expression<Func<T, TKey>> key, TKey? after, bool isAfter, bool descending)
    {
        if (isAfter)
        {
            query = query.Where(Expression.Lambda<Func<T, bool>>(IsBeyond(key.Body, after, descending), key.Parameters));
        }

        return descending ? query.OrderByDescending(key) : query.OrderBy(key);
    }

    private static BinaryExpression IsBeyond<TKey>(Expression key, TKey? after, bool descending)
    {
        Expression position = Expression.Field(Expression.Constant(new Holder<TKey>(after)), nameof(Holder<>.Value)); // a parameter for the database
        if (typeof(TKey) == typeof(string))
        {
            (key, position) = (Expression.Call(typeof(string), nameof(string.Compare), null, key, position), Expression.Constant(0));
        }

        return descending ? Expression.LessThan(key, position) : Expression.GreaterThan(key, position);
    }

    private sealed class Holder<TValue>(TValue? value)
    {
        public readonly TValue? Value = value;
    }
}
