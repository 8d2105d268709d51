// Ours: the whole pipeline, as a web app of this solution has it.
using ServiceDefaults;
using ServiceDefaults.Sessions;
using ServiceDefaults.Start;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

return await builder.RunVerifiedAsync(args, app =>
{
    app.UseServiceDefaults();
    app.MapDefaultEndpoints();

    var pages = app.MapGroup("").AllowAnonymous();

    pages.MapGet("/read", (HttpContext context) => new Answer(context.Session.GetString("value")));

    pages.MapGet("/write", Set);
    pages.MapGet("/set", Set);

    pages.MapGet("/count", async (HttpContext context, CancellationToken cancellationToken) =>
        new Answer($"{await context.Session.IncrementAsync("count", cancellationToken: cancellationToken)}"));

    pages.MapGet("/keys", (HttpContext context) => context.Session.Keys);

    // For the benchmark alone: what this process has allocated so far.
    pages.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true)).ShortCircuit();
});

static Answer Set(HttpContext context, string value, string key = "value")
{
    context.Session.SetString(key, value);
    return new Answer(value);
}

internal sealed record Answer(string? Value);
