using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Tests.Parts;

/// <summary>Books in a real SQLite, with what it was asked.</summary>
internal sealed class LibraryDatabase : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public LibraryDatabase(params Book[] books)
    {
        connection.Open();
        Context = new Library(new DbContextOptionsBuilder<Library>()
            .UseSqlite(connection)
            .EnableSensitiveDataLogging()
            .LogTo(Asked.Add, [Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.CommandExecuted])
            .Options);
        Context.Database.EnsureCreated();
        Context.Books.AddRange(books);
        Context.SaveChanges();
        Context.ChangeTracker.Clear();
        Asked.Clear();
    }

    public Library Context { get; }

    public List<string> Asked { get; } = [];

    public void Dispose()
    {
        Context.Dispose();
        connection.Dispose();
    }
}

internal sealed class Library(DbContextOptions<Library> options) : DbContext(options)
{
    public DbSet<Book> Books => Set<Book>();
}
