using System.Security.Claims;
using ServiceDefaults.AccessControl;
using Tests.Parts;

namespace Tests.AccessControl;

/// <summary>What a policy allows, in memory and in a database.</summary>
public sealed class AccessPolicyTests
{
    private static readonly Book[] Books =
    [
        new() { Id = 1, Title = "published, nobody's", IsPublished = true, Price = 10 },
        new() { Id = 2, Title = "Ann's draft", OwnerId = "ann", Price = 10 },
        new() { Id = 3, Title = "Ben's draft", OwnerId = "ben", Price = 500 },
        new() { Id = 4, Title = "nobody's draft", OwnerId = null, Price = 500 },
    ];

    public static TheoryData<string, int[]> WhatIsRead => new() { { "visitor", [1] }, { "ann", [1, 2] }, { "ben", [1, 3] }, { "librarian", [1, 2, 3, 4] } };

    [Theory]
    [MemberData(nameof(WhatIsRead))]
    public void A_query_and_a_single_item_get_the_same_answer(string who, int[] expected)
    {
        using var database = new LibraryDatabase([.. Books]);
        var access = Caller(who).Access(new BookPolicy());

        Assert.Equal(expected, access.Filter(Operation.Read, database.Context.Books).OrderBy(book => book.Id).Select(book => book.Id));
        Assert.Equal(expected, access.Filter(Operation.Read, Books.AsQueryable()).Select(book => book.Id));
        Assert.Equal(expected, access.Filter(Operation.Read, Books.AsEnumerable()).Select(book => book.Id));
        Assert.Equal(expected, Books.Where(book => access.Allows(Operation.Read, book)).Select(book => book.Id));
    }

    [Fact]
    public void The_database_runs_the_condition_and_gets_the_caller_as_a_parameter()
    {
        using var database = new LibraryDatabase([.. Books]);

        _ = access().Filter(Operation.Read, database.Context.Books).Where(book => book.Price < 100).ToList();

        var sql = Assert.Single(database.Asked);
        Assert.Matches("WHERE \\(\"b\".\"IsPublished\" OR \"b\".\"OwnerId\" = @\\w+\\) AND \"b\".\"Price\" < 100", sql);
        Assert.DoesNotContain("ann", sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..], StringComparison.Ordinal);

        static Access access() => Callers.Ann.Access(new BookPolicy());
    }

    [Fact]
    public void An_operation_without_a_rule_is_denied_and_the_database_returns_nothing()
    {
        using var database = new LibraryDatabase([.. Books]);
        var access = Callers.Librarian.Access(new BookPolicy());

        Assert.False(access.Allows<Book>(Operation.Delete));
        Assert.False(access.Allows<Book>(BookPolicy.Lend));
        Assert.False(access.Allows(Operation.Delete, Books[0]));
        Assert.Empty(access.Filter(Operation.Delete, database.Context.Books));
    }

    [Fact]
    public void Of_several_rules_for_an_operation_one_is_enough()
    {
        var rules = new BookPolicy();

        Assert.Equal([2], Callers.Ann.Access(rules).Filter(Operation.Update, Books).Select(book => book.Id));
        Assert.Equal([1, 2], Callers.Librarian.Access(rules).Filter(Operation.Update, Books.AsQueryable()).Select(book => book.Id));
    }

    [Fact]
    public void A_visitor_owns_nothing_also_not_what_has_no_owner()
    {
        var access = Callers.Visitor.Access(new BookPolicy());

        Assert.False(access.Allows(Operation.Read, new Book { OwnerId = null }));
        Assert.False(access.Allows(Operation.Read, new Book { OwnerId = "" }));
    }

    [Fact]
    public void Nobody_asking_is_a_visitor()
    {
        var access = new Access(new AccessPolicies([new BookPolicy()]), new Microsoft.AspNetCore.Http.HttpContextAccessor());

        Assert.False(access.Allows<Book>(Operation.Create));
        Assert.Equal([1], access.Filter(Operation.Read, Books).Select(book => book.Id));
    }

    [Fact]
    public void A_field_without_a_rule_is_read_and_written_by_nobody()
    {
        var access = Callers.Librarian.Access(new BookPolicy());

        Assert.False(access.CanRead<Book>(nameof(Book.Shelf)));
        Assert.False(access.CanRead<Book>("NoSuchField"));
        Assert.False(access.CanWrite<Book>(Operation.Update, nameof(Book.Shelf)));
        Assert.Null(access.Read(Books[0], book => book.Shelf));
    }

    [Fact]
    public void A_field_is_written_only_in_the_operations_that_its_rule_names()
    {
        var access = Callers.Ann.Access(new BookPolicy());

        Assert.True(access.CanWrite<Book>(Operation.Create, nameof(Book.Title)));
        Assert.False(access.CanWrite<Book>(Operation.Create, nameof(Book.Price)));
        Assert.True(access.CanWrite<Book>(Operation.Update, nameof(Book.Price)));
    }

    [Fact]
    public void A_type_without_a_policy_is_a_mistake_that_says_the_fix()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Callers.Ann.Access().Allows<Book>(Operation.Read));

        Assert.Contains("AddAccessPolicy", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_policies_for_a_type_are_a_mistake() =>
        Assert.Throws<InvalidOperationException>(() => Callers.Ann.Access(new BookPolicy(), new BookPolicy()));

    [Fact]
    public void Each_gate_is_asked_once_a_request_also_by_parallel_queries()
    {
        var policy = new BookPolicy();
        var access = Callers.Ann.Access(policy);

        Parallel.For(0, 1000, i => access.Allows(Operation.Read, Books[i % Books.Length]));

        Assert.Equal(1, policy.Asked);
    }

    [Fact]
    public void Whoever_signs_in_during_a_request_is_asked_anew()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { User = Callers.Visitor };
        var access = new Access(new AccessPolicies([new BookPolicy()]), new Microsoft.AspNetCore.Http.HttpContextAccessor { HttpContext = context });
        Assert.False(access.Allows<Book>(Operation.Create));

        context.User = Callers.Ann;

        Assert.True(access.Allows<Book>(Operation.Create));
    }

    private static ClaimsPrincipal Caller(string who) => who switch
    {
        "ann" => Callers.Ann,
        "ben" => Callers.Ben,
        "librarian" => Callers.Librarian,
        _ => Callers.Visitor,
    };
}
