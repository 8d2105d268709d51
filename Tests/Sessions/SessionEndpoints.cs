using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>Endpoints that do one thing with the session each.</summary>
internal static class SessionEndpoints
{
    public static Task<Site> StartAsync(
        RedisServer redis, Action<WebApplication>? map = null, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        var all = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["REDIS_URL"] = redis.Url };
        return Site.StartAsync(
            app =>
            {
                Map(app);
                map?.Invoke(app);
            },
            all,
            services: services =>
            {
                if (clock is not null)
                {
                    services.Add(new(typeof(TimeProvider), clock));
                }
            });
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/nothing", () => "nothing");
        app.MapGet("/get/{key}", (HttpContext context, string key) => context.Session.GetString(key) ?? "(none)");
        app.MapGet("/keys", (HttpContext context, CancellationToken _) => string.Join(',', context.Session.Keys.Order()));
        app.MapGet("/set/{key}/{value}", (HttpContext context, string key, string value) =>
        {
            context.Session.SetString(key, value);
            return "saved";
        });
        app.MapGet("/remove/{key}", (HttpContext context, string key) => context.Session.Remove(key));
        app.MapGet("/clear", (HttpContext context, CancellationToken _) => context.Session.Clear());
        app.MapGet("/id", (HttpContext context, CancellationToken _) => context.Session.Id);
        app.MapGet("/renew", async (HttpContext context, CancellationToken _) => await context.Session.RenewIdAsync());
        app.MapGet("/end", async (HttpContext context, CancellationToken _) => await context.Session.EndAsync());
    }
}
