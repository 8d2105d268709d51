using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.AccessControl;

/// <summary>What the caller of this request may do. Each gate is asked once a request, also when queries run in parallel.</summary>
/// <remarks>Whether a rule covers an item is asked each time: the item may have changed. Outside a request the caller is nobody.</remarks>
/// <param name="policies">The policies.</param>
/// <param name="http">The request; null for nobody's.</param>
public sealed class Access(AccessPolicies policies, IHttpContextAccessor? http)
{
    private static readonly ClaimsPrincipal Nobody = new();

    /// <summary>Kept by principal: whoever signs in half-way is somebody else.</summary>
    private readonly ConcurrentDictionary<Question, Lazy<object>> answers = new(concurrencyLevel: 1, capacity: 7);

    /// <summary>Who asks.</summary>
    public Caller Caller => CallerOf(User);

    /// <summary>
    /// What anybody may do. Who asks is not looked at, so an answer that was made with this alone is the same for all, and a
    /// public cache hint on it holds.
    /// </summary>
    public Access Everyone => field ??= new Access(policies, http: null);

    private ClaimsPrincipal User => http?.HttpContext?.User ?? Nobody;

    /// <summary>Whether an operation is allowed at all, on whichever item.</summary>
    /// <param name="operation">The operation.</param>
    public bool Allows<T>(Operation operation)
        where T : class => GrantOf<T>(User, operation).IsGiven;

    /// <summary>Whether an operation is allowed on an item.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="item">The item.</param>
    public bool Allows<T>(Operation operation, T item)
        where T : class => GrantOf<T>(User, operation).Covers(item);

    /// <summary>The item, or null when it is missing or not allowed: callers who get the same answer for both learn nothing.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="item">What was found.</param>
    public T? Allowed<T>(Operation operation, T? item)
        where T : class => item is not null && Allows(operation, item) ? item : null;

    /// <summary>Merges the rules into a query: a database then runs them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="items">The query.</param>
    /// <returns>The query for those items on which the operation is allowed.</returns>
    public IQueryable<T> Filter<T>(Operation operation, IQueryable<T> items)
        where T : class => GrantOf<T>(User, operation).Filter(items);

    /// <summary>Leaves out what is not allowed: of a batch, the rest is done.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="items">The items.</param>
    public IEnumerable<T> Filter<T>(Operation operation, IEnumerable<T> items)
        where T : class => items.Where(GrantOf<T>(User, operation).Covers);

    /// <summary>Whether a field may be read.</summary>
    /// <param name="field">The name of the property.</param>
    public bool CanRead<T>(string field)
        where T : class => CanRead(policies.For<T>(), field);

    /// <summary>A field's value, or null when it may not be read.</summary>
    /// <param name="item">The item.</param>
    /// <param name="field">The property.</param>
    public TField? Read<T, TField>(T item, Expression<Func<T, TField>> field)
        where T : class => CanRead<T>(FieldName.Of(field)) ? (TField?)typeof(T).GetProperty(FieldName.Of(field))!.GetValue(item) : default;

    /// <summary>Whether a field may be written.</summary>
    /// <param name="operation">In which operation.</param>
    /// <param name="field">The name of the property.</param>
    public bool CanWrite<T>(Operation operation, string field)
        where T : class => Ask(new Question(User, typeof(T), operation, field), caller => Fields<T>().TryGetValue(field, out var rule) && rule.MayWrite(caller, operation));

    internal bool CanRead(AccessPolicy policy, string field) =>
        Ask(new Question(User, policy.ItemType, Field: field), caller => policy.Fields.TryGetValue(field, out var rule) && rule.MayRead(caller));

    internal Grant<T> GrantOf<T>(ClaimsPrincipal user, Operation operation)
        where T : class => Ask(new Question(user, typeof(T), operation), caller => policies.For<T>().GrantTo(caller, operation));

    private IReadOnlyDictionary<string, FieldRule> Fields<T>()
        where T : class => policies.For<T>().Fields;

    private Caller CallerOf(ClaimsPrincipal user) => (Caller)answers.GetOrAdd(new Question(user), question => new Lazy<object>(() => new Caller(question.User))).Value;

    /// <summary>Lazy, because the dictionary may make a value twice and keep one of them.</summary>
    private TAnswer Ask<TAnswer>(Question question, Func<Caller, TAnswer> answer)
        where TAnswer : notnull => (TAnswer)(answers.TryGetValue(question, out var known)
            ? known
            : answers.GetOrAdd(question, new Lazy<object>(() => answer(CallerOf(question.User))))).Value;

    private readonly record struct Question(ClaimsPrincipal User, Type? Item = null, Operation? Operation = null, string? Field = null);
}
