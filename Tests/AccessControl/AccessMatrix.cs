using System.Security.Claims;
using ServiceDefaults.AccessControl;

namespace Tests.AccessControl;

/// <summary>
/// Walks every operation on every kind of item, and every field, for every role, and compares with a table that was written
/// by hand. What the policy has and the table has not is missing in the table, and fails.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public abstract class AccessMatrix<T>
    where T : class
{
    protected abstract AccessPolicy<T> Policy { get; }

    protected abstract IReadOnlyDictionary<string, ClaimsPrincipal> Roles { get; }

    protected abstract IReadOnlyDictionary<string, T> Items { get; }

    /// <summary>A row for each operation and item: the roles to which it is allowed.</summary>
    protected abstract string ItemTable { get; }

    /// <summary>A row for each field: the roles that read it, and, for each operation, those that write it.</summary>
    protected abstract string FieldTable { get; }

    [Fact]
    public void Every_operation_on_every_item_is_allowed_to_those_in_the_table_and_to_nobody_else() =>
        Assert.Equal(Rows(ItemTable), AllOperations().SelectMany(operation => Items.Select(item =>
            Row($"{operation} {item.Key}", RolesThat(access => access.Allows(operation, item.Value))))).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_item_is_filtered_as_it_is_allowed()
    {
        foreach (var (operation, role) in AllOperations().SelectMany(operation => Roles.Values.Select(role => (operation, role))))
        {
            var access = role.Access(Policy);
            Assert.Equal(Items.Values.Where(item => access.Allows(operation, item)), access.Filter(operation, Items.Values.AsQueryable()));
        }
    }

    [Fact]
    public void Every_field_is_read_and_written_by_those_in_the_table_and_by_nobody_else() =>
        Assert.Equal(Rows(FieldTable), typeof(T).GetProperties().SelectMany(field => new[]
        {
            Row($"{field.Name} read", RolesThat(access => access.CanRead<T>(field.Name))),
        }.Concat(AllOperations().Select(operation =>
            Row($"{field.Name} {operation}", RolesThat(access => access.CanWrite<T>(operation, field.Name)))).Where(row => !row.EndsWith(": nobody", StringComparison.Ordinal)))).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Rows(string table) =>
        table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(": ", line.Split(':', StringSplitOptions.TrimEntries))).Order(StringComparer.Ordinal);

    private static string Row(string what, string who) => $"{what}: {who}";

    private IEnumerable<Operation> AllOperations() =>
        new[] { Operation.Create, Operation.Read, Operation.Update, Operation.Delete }.Union(Policy.Operations).Union(Policy.Fields.Values.SelectMany(field => field.WrittenIn));

    private string RolesThat(Func<Access, bool> isAllowed) =>
        Roles.Where(role => isAllowed(role.Value.Access(Policy))).Select(role => role.Key).ToList() is { Count: > 0 } names ? string.Join(", ", names) : "nobody";
}
