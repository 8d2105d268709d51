using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Health;

/// <summary>Health with the result of every check, and what other concerns add, as JSON: in Development, and for operators.</summary>
internal static class HealthDetail
{
    /// <summary>The policy of operators. Without a policy of this name nobody is one.</summary>
    public const string Policy = "Operator";

    public static async Task<bool> MayBeSeenAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return true;
        }

        return await services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(Policy) is { } policy
            && (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, null, policy)).Succeeded;
    }

    public static async Task WriteAsync(HttpContext context, HealthReport report, IReadOnlyList<IHealthDetail> details)
    {
        var document = new Dictionary<string, object>
        {
            ["status"] = report.Status.ToString(),
            ["checks"] = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = entry.Value.Status.ToString(), description = entry.Value.Description, durationMs = Math.Round(entry.Value.Duration.TotalMilliseconds, 1) }),
        };
        foreach (var detail in details)
        {
            document[detail.Name] = await detail.ReadAsync();
        }

        await context.Response.WriteAsJsonAsync(document);
    }
}
