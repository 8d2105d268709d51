using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using ServiceDefaults.Checklist;
using ServiceDefaults.Uptime;

namespace Tests.Parts;

/// <summary>An application on the service defaults with endpoints of a test's own, on a real Kestrel.</summary>
public sealed class Site : IAsyncDisposable
{
    public const string Secret = "k3JqvQ0w8mZs5Yt1Xb7Lr4Nc9Hd2Gf6Pa0Ue5Ti8Wo1=";

    /// <summary>How long an answer waits for the shared cache: the longest that is allowed, since many sites share the threads of one process here.</summary>
    public const string Patience = "00:00:10";

    /// <summary>How long a request waits for the session store: the longest that is allowed, so that a busy machine is no outage.</summary>
    public const string StoreTimeout = "00:00:30";

    /// <summary>The same in a test of an outage, which waits for as long.</summary>
    public const string ShortStoreTimeout = "00:00:03";

    private readonly WebApplication app;

    private Site(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => app.Services;

    public Log Log => app.Services.GetRequiredService<Log>();

    public static async Task<Site> StartAsync(
        Action<WebApplication> map, IReadOnlyDictionary<string, string?>? settings = null, string environment = "Production", Action<IServiceCollection>? services = null, bool closesUndeclared = false)
    {
        var site = new Site(Build(map, settings, environment, services, closesUndeclared));
        await site.app.StartAsync();
        return site;
    }

    /// <summary>The application before it has started.</summary>
    public static WebApplication Build(
        Action<WebApplication>? map = null, IReadOnlyDictionary<string, string?>? settings = null, string environment = "Production", Action<IServiceCollection>? services = null, bool closesUndeclared = false)
    {
        // Without watching the settings files: a machine has few watchers (inotify), and tests start many sites.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            ApplicationName = "Tests",
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SECRET"] = Secret,
            ["AllowedHosts"] = "127.0.0.1;localhost;shop.example",
            ["Application:Name"] = "Shop",
            ["Monitoring:DrainDelay"] = "00:00:00",
            ["Limits:Queue:Delay"] = "00:00:10", // many sites share the threads of one process here
            ["Caching:Patience"] = Patience,
            ["Session:IOTimeout"] = StoreTimeout,
        });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?> { ["Session:Store"] = "Memory" });
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services); // first, as code that brings a part of its own does
        builder.AddServiceDefaults();
        // Most tests are about other things than who may come; the web app closes an endpoint that does not say.
        if (!closesUndeclared)
        {
            builder.Services.PostConfigure<AuthorizationOptions>(options => options.FallbackPolicy = null);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Log>();
        builder.Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<Log>());

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        map?.Invoke(app);
        app.Services.GetRequiredService<Rehearsal>().Prepare(app);
        return app;
    }

    /// <summary>A new browser.</summary>
    public Visitor Visitor() => new Visitor(Address).OverHttps();

    /// <summary>Ends the work that no request asks for, so that a test can count commands.</summary>
    public Task StopHeartbeatAsync() => app.Services.GetRequiredService<Heartbeat>().StopAsync(default);

    /// <summary>As SIGTERM does.</summary>
    /// <param name="enough">Ends the drain early.</param>
    public Task StopAsync(CancellationToken enough = default)
    {
        app.Lifetime.StopApplication();
        return app.StopAsync(enough);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
