using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Checklist;

namespace ServiceDefaults;

/// <summary>Registers what runs the checklist.</summary>
public static class ChecklistRegistration
{
    /// <summary>Adds the runner of all checklist items, and the pipeline through which they send requests.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddChecklist(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddMetrics();
        services.AddSingleton<ChecklistMeter>();
        services.AddSingleton<ChecklistRunner>();
        services.AddSingleton<Rehearsal>();
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RehearsedPipeline>()); // the first is the outermost
    }
}
