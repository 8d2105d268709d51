using ServiceDefaults.AccessControl;
using Tests.Parts;

namespace Tests.AccessControl;

/// <summary>Counts how often its gates are asked.</summary>
internal sealed class BookPolicy : AccessPolicy<Book>
{
    public static readonly Operation Lend = new("lend");

    private int asked;

    public BookPolicy()
    {
        Allow(Operation.Read, Counted, (book, caller) => book.IsPublished || book.OwnerId == caller.Id);
        Allow(Operation.Read, InRole("librarian"));
        Allow(Operation.Create, SignedIn);
        Allow(Operation.Update, SignedIn, (book, caller) => book.OwnerId == caller.Id);
        Allow(Operation.Update, Everyone, (book, caller) => caller.IsInRole("librarian") && book.Price < 100);

        Field(book => book.Id).ReadBy(Everyone);
        Field(book => book.Title).ReadBy(Everyone).WrittenBy(SignedIn, Operation.Create, Operation.Update);
        Field(book => book.Price).ReadBy(SignedIn).WrittenBy(SignedIn, Operation.Update);
        Field(book => book.Remark).ReadBy(InRole("librarian")).WrittenBy(InRole("librarian"), Operation.Update);
    }

    public int Asked => asked;

    private bool Counted(Caller caller)
    {
        Interlocked.Increment(ref asked);
        return true;
    }
}
