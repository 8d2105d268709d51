// The ceiling: the same answer from an endpoint with nothing before it and no session.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.MapGet("/read", () => new Answer("0123456789abcdef0123456789abcdef"));
app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true));
await app.RunAsync();

internal sealed record Answer(string? Value);
