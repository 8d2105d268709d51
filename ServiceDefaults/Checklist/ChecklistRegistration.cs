using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;

namespace ServiceDefaults;

/// <summary>Registers what the checklist asks.</summary>
public static class ChecklistRegistration
{
    /// <summary>Adds items; each concern adds its own.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="items">The items.</param>
    public static void AddChecklistItems(this IServiceCollection services, params IEnumerable<ChecklistItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        services.AddRehearsal();
        services.TryAddSingleton<ChecklistRunner>();
        services.AddMetrics();
        services.TryAddSingleton<ChecklistMeter>();
        foreach (var item in items)
        {
            services.AddSingleton(item);
        }
    }

    private static void AddRehearsal(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(Rehearsal)))
        {
            services.AddSingleton<Rehearsal>();
            services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RehearsedPipeline>()); // the first is the outermost
        }
    }
}
