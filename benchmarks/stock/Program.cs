// ASP.NET Core's session in Redis, as its documentation shows it. Under load it has LoadAsync first: without it every
// first read blocks a thread, and the benchmark would measure nothing but the thread pool.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration.GetConnectionString("redis"));
builder.Services.AddSession(options => options.Cookie.IsEssential = true);
builder.Services.AddHealthChecks();

var app = builder.Build();
app.UseSession();

app.MapGet("/read", async (HttpContext context) =>
{
    await context.Session.LoadAsync();
    return new Answer(context.Session.GetString("value"));
});

app.MapGet("/write", async (HttpContext context, string value) =>
{
    await context.Session.LoadAsync();
    return Set(context, value);
});

// What follows is for the probes of correctness, and as the documentation has it.
app.MapGet("/set", Set);

app.MapGet("/count", (HttpContext context) =>
{
    var count = (context.Session.GetInt32("count") ?? 0) + 1;
    context.Session.SetInt32("count", count);
    return new Answer($"{count}");
});

app.MapGet("/keys", (HttpContext context) => context.Session.Keys);

app.MapHealthChecks("/alive");
app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true)).ShortCircuit();
await app.RunAsync();

static Answer Set(HttpContext context, string value, string key = "value")
{
    context.Session.SetString(key, value);
    return new Answer(value);
}

internal sealed record Answer(string? Value);
