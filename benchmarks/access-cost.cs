#:sdk Microsoft.NET.Sdk.Web
#:project ../ServiceDefaults/ServiceDefaults.csproj
#:property PublishAot=false
// What it costs to ask whether something is allowed: `dotnet run -c Release benchmarks/access-cost.cs`. Each figure is the
// median of nine runs of 200,000; "a plain condition" is the same rule written by hand at the place of use, as the peer.

using System.Diagnostics;
using System.Security.Claims;
using ServiceDefaults;
using ServiceDefaults.AccessControl;

var builder = WebApplication.CreateBuilder();
builder.AddAccessControl();
builder.Services.AddAccessPolicy<BookPolicy>();
var policies = builder.Build().Services.GetRequiredService<AccessPolicies>();
var http = new HttpContextAccessor
{
    HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann")], "test")) },
};
var book = new Book { OwnerId = "ann" };
var access = new Access(policies, http);
var isAllowed = true;

Measure("a plain condition", () => isAllowed &= http.HttpContext!.User.FindFirstValue(ClaimTypes.NameIdentifier) == book.OwnerId);
Measure("the first item of a request", () => isAllowed &= new Access(policies, http).Allows(Operation.Read, book));
Measure("each further item", () => isAllowed &= access.Allows(Operation.Read, book));
Measure("each field of an item", () => isAllowed &= access.CanRead<Book>(nameof(Book.Title)));
return isAllowed ? 0 : 1;

static void Measure(string what, Action ask)
{
    const int Times = 200_000;
    var runs = new double[10];
    var before = 0L;
    for (var run = 0; run < runs.Length; run++)
    {
        before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < Times; time++)
        {
            ask();
        }

        runs[run] = watch.Elapsed.TotalNanoseconds / Times;
    }

    var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    Console.WriteLine($"{what,-28} {runs[1..].Order().ElementAt(4),6:f0} ns {bytes,6} B"); // the first run is the compiler's
}

internal sealed class Book
{
    public string OwnerId { get; set; } = "";

    public string Title { get; set; } = "";
}

internal sealed class BookPolicy : AccessPolicy<Book>
{
    public BookPolicy()
    {
        Allow(Operation.Read, SignedIn, (book, caller) => book.OwnerId == caller.Id);
        Field(book => book.Title).ReadBy(SignedIn);
    }
}
