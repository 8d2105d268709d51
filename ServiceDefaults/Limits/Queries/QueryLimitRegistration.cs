using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Queries;

/// <summary>Registers the limits of queries.</summary>
internal static class QueryLimitRegistration
{
    public static void AddQueryLimits(this IServiceCollection services)
    {
        services.AddCheckedOptions<QueryLimitOptions>("Limits:Queries");
        services.AddSingleton<IValidateOptions<QueryLimitOptions>, QueryLimitOptionsRules>();
        services.AddSingleton<Cursors>();
        services.AddScoped<QueryBudget>();
        services.AddScoped(provider => new LimitedQueries(
            provider.GetRequiredService<IOptions<QueryLimitOptions>>(), provider.GetRequiredService<QueryBudget>(), provider.GetRequiredService<Cursors>()));
    }
}
