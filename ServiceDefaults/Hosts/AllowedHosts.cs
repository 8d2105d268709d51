using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Hosts;

namespace ServiceDefaults;

/// <summary>Registers under which host names the site answers.</summary>
public static class AllowedHosts
{
    /// <summary>Reads ASP.NET Core's own setting <c>AllowedHosts</c>, and requires it outside Development.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddAllowedHosts(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<AllowedHostsOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration["AllowedHosts"]))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AllowedHostsOptions>, AllowedHostsRules>();
        builder.Services.AddChecklistItems(HostItems.All);

        // The framework has a filter of its own before the whole pipeline: it would refuse probes, which come to an address,
        // and its answers would have no headers. Here it lets all through, and ours decides.
        builder.Services.Configure<HostFilteringOptions>(framework => framework.AllowedHosts = ["*"]);
    }

    /// <summary>Refuses requests for any other host.</summary>
    /// <param name="app">The application.</param>
    public static void UseAllowedHosts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<HostFilter>();
    }
}
