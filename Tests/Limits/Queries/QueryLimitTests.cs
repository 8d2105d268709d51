using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Limits.Queries;
using Tests.Parts;

namespace Tests.Limits.Queries;

/// <summary>How many results a list and a request may return; against a real database.</summary>
public sealed class QueryLimitTests : IDisposable
{
    private readonly LibraryDatabase database = new([.. Enumerable.Range(1, 30).Select(id => new Book { Id = id, Title = $"Book {id:00}" })]);

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_while_items_come_and_go()
    {
        await using var site = Requests();
        var seen = new List<int>();
        string? next = null;
        do
        {
            var page = await site.NewRequest().PageAsync("books", new PageRequest("7", next), database.Context.Books, book => book.Id);
            Assert.InRange(page.Items.Count, 1, 7);
            seen.AddRange(page.Items.Select(book => book.Id));
            next = page.Next;
            var last = seen[^1];
            await database.Context.Books.Where(book => book.Id == last).ExecuteDeleteAsync(); // the very one that the cursor points to
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 30), seen);
    }

    [Fact]
    public async Task A_page_may_be_ordered_by_a_text_and_backwards()
    {
        await using var site = Requests();

        var first = await site.NewRequest().PageAsync("books", new PageRequest("2"), database.Context.Books, book => book.Title, descending: true);
        var second = await site.NewRequest().PageAsync("books", new PageRequest("2", first.Next), database.Context.Books, book => book.Title, descending: true);
        var inMemory = await site.NewRequest().PageAsync("books", new PageRequest("2", first.Next), database.Context.Books.AsEnumerable().AsQueryable(), book => book.Title, descending: true);

        Assert.Equal(["Book 30", "Book 29", "Book 28", "Book 27"], [.. first.Items.Concat(second.Items).Select(book => book.Title)]);
        Assert.Equal(second.Items.Select(book => book.Id), inMemory.Items.Select(book => book.Id));
    }

    [Fact]
    public async Task The_database_is_asked_for_one_more_than_the_page_and_begins_at_the_cursor()
    {
        await using var site = Requests();
        var page = await site.NewRequest().PageAsync("books", new PageRequest("5"), database.Context.Books, book => book.Id);
        database.Asked.Clear();

        await site.NewRequest().PageAsync("books", new PageRequest("5", page.Next), database.Context.Books, book => book.Id);

        var sql = Assert.Single(database.Asked);
        Assert.Contains("='5'", sql, StringComparison.Ordinal);
        Assert.Contains("='6'", sql, StringComparison.Ordinal);
        Assert.Matches("WHERE \"b\".\"Id\" > @", sql);
        Assert.Matches("LIMIT @", sql);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("26")]
    [InlineData("1000000000")]
    [InlineData("99999999999999999999")]
    [InlineData("ten")]
    [InlineData("")]
    [InlineData(" 5")]
    public async Task A_page_size_out_of_range_is_refused_with_list_kind_and_limit(string first)
    {
        await using var site = Requests(("Limits:Queries:MaxResults", "25"));

        var refusal = await Assert.ThrowsAsync<QueryRefusedException>(() => site.NewRequest().PageAsync("books", new PageRequest(first), database.Context.Books, book => book.Id));

        Assert.Equal("\"first\" must be a whole number from 1 to 25: that is MaxResults of the list \"books\".", refusal.Answer);
        Assert.Equal("first", Assert.Single(refusal.Fields).Key);
        Assert.Empty(database.Asked);
    }

    [Fact]
    public async Task A_list_without_pages_is_refused_above_its_limit_and_never_cut_off()
    {
        await using var site = Requests(("Limits:Queries:MaxResults", "29"), ("Limits:Queries:Lists:all-books", "30"));

        Assert.Equal(30, (await site.NewRequest().AllAsync("all-books", database.Context.Books)).Count);
        var refusal = await Assert.ThrowsAsync<QueryRefusedException>(() => site.NewRequest().AllAsync("books", database.Context.Books));

        Assert.Contains("\"books\" has more results than MaxResults allows, which is 29", refusal.Answer, StringComparison.Ordinal);
        Assert.Matches("'30'", database.Asked[^1]); // the limit and one
    }

    [Fact]
    public async Task Of_an_endless_stream_no_more_is_read_than_the_limit_and_one()
    {
        await using var site = Requests(("Limits:Queries:MaxResults", "10"));
        var read = 0;

        await Assert.ThrowsAsync<QueryRefusedException>(() => site.NewRequest().AllAsync("stream", Endless()));

        Assert.Equal(11, read);

        async IAsyncEnumerable<int> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return read++;
            }
        }
    }

    [Fact]
    public async Task All_lists_of_a_request_share_one_budget_and_the_next_request_has_its_own()
    {
        await using var site = Requests(("Limits:Queries:MaxTotalResults", "50"));
        var request = site.NewRequest();

        await request.AllAsync("books", database.Context.Books);
        var refusal = await Assert.ThrowsAsync<QueryRefusedException>(() => request.AllAsync("more books", database.Context.Books));

        Assert.Contains("\"more books\" goes beyond MaxTotalResults: a request returns at most 50", refusal.Answer, StringComparison.Ordinal);
        Assert.Equal(30, (await site.NewRequest().AllAsync("books", database.Context.Books)).Count);
    }

    [Fact]
    public async Task Parallel_lists_do_not_slip_through()
    {
        await using var site = Requests(("Limits:Queries:MaxTotalResults", "100"));
        var request = site.NewRequest();
        var numbers = Enumerable.Range(0, 10).AsQueryable();

        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await request.AllAsync("numbers", numbers)).Count;
            }
            catch (QueryRefusedException)
            {
                return 0;
            }
        })));

        Assert.Equal(100, all.Sum());
    }

    [Fact]
    public async Task Counting_switches_no_limit_off()
    {
        await using var site = Requests(("Limits:Queries:MaxTotalResults", "25"));
        var request = site.NewRequest();

        Assert.Equal(30, await request.CountAsync("books", database.Context.Books));
        Assert.Equal(0, await request.CountAsync("books", database.Context.Books.Where(book => book.Id > 100)));

        await Assert.ThrowsAsync<QueryRefusedException>(() => request.AllAsync("books", database.Context.Books));
        await Assert.ThrowsAsync<QueryRefusedException>(() => request.CountAsync("books", database.Context.Books)); // it stays spent
    }

    [Theory]
    [InlineData("Limits:Queries:MaxResults", "0")]
    [InlineData("Limits:Queries:MaxTotalResults", "-1")]
    [InlineData("Limits:Queries:PageSize", "0")]
    [InlineData("Limits:Queries:Lists:notes", "0")]
    public async Task A_limit_below_1_stops_the_start_and_names_the_key(string key, string value)
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            [key.Replace(":", "__", StringComparison.Ordinal)] = value,
        });

        Assert.Equal(1, exitCode);
        Assert.Contains($"{key} is out of its range", output, StringComparison.Ordinal);
    }

    public void Dispose() => database.Dispose();

    private static Application Requests(params (string Key, string Value)[] settings) => new(settings);

    private sealed class Application((string Key, string Value)[] settings) : IAsyncDisposable
    {
        private readonly Microsoft.AspNetCore.Builder.WebApplication app = Site.Build(settings: new Dictionary<string, string?>(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        {
            ["Session:Store"] = "Memory",
        });

        public LimitedQueries NewRequest() => app.Services.CreateScope().ServiceProvider.GetRequiredService<LimitedQueries>();

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
