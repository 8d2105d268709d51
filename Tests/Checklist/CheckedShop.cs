using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;
using Tests.Parts;
using WebApp.Account;

namespace Tests.Checklist;

/// <summary>An application for which everything on the checklist holds, but for what a test changes; and the command <c>check</c>, asked about it.</summary>
internal sealed record CheckedShop(RedisServer Redis)
{
    /// <summary>Settings beside, and instead of, those of a good deployment.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>What is registered before the service defaults.</summary>
    public Action<IServiceCollection>? Before { get; init; }

    /// <summary>What is registered after them.</summary>
    public Action<IServiceCollection>? After { get; init; }

    /// <summary>Middleware before the pipeline.</summary>
    public Action<WebApplication>? Outside { get; init; }

    /// <summary>Middleware behind it.</summary>
    public Action<WebApplication>? Inside { get; init; }

    public bool HasProbes { get; init; } = true;

    public async Task<(int ExitCode, JsonNode[] Items)> CheckAsync(params string[] options)
    {
        using var output = new StringWriter();
        var exitCode = await CheckCommand.RunAsync(NewBuilder(), ["check", "--json", .. options], Configure, output);
        return (exitCode, [.. JsonNode.Parse(output.ToString())!["items"]!.AsArray().Select(item => item!)]);
    }

    /// <summary>The items, without asking them.</summary>
    public ChecklistItem[] Items() => [.. NewBuilder().Services.Select(service => service.ImplementationInstance).OfType<ChecklistItem>()];

    private WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Production",
            ApplicationName = "Tests",
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Application:Name"] = $"Shop {Guid.NewGuid():n}", // with keys of its own in Redis
            ["SECRET"] = Site.Secret,
            ["REDIS_URL"] = Redis.Url,
            ["AllowedHosts"] = "shop.example",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        Before?.Invoke(builder.Services);
        builder.AddServiceDefaults();
        builder.Services.AddAccounts();
        After?.Invoke(builder.Services);
        return builder;
    }

    private void Configure(WebApplication app)
    {
        Outside?.Invoke(app);
        app.UseServiceDefaults();
        Inside?.Invoke(app);
        if (HasProbes)
        {
            app.MapDefaultEndpoints();
        }
    }
}
