using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Checks;

namespace ServiceDefaults;

/// <summary>Registers items of the checklist.</summary>
public static class ChecklistItemRegistration
{
    /// <summary>Adds items; each concern adds its own.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="items">The items.</param>
    public static void AddChecklistItems(this IServiceCollection services, params IEnumerable<ChecklistItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            services.AddSingleton(item);
        }
    }
}
