using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits;

/// <summary>Limits what JSON may be, for minimal APIs and MVC alike.</summary>
internal static class JsonLimits
{
    public static void AddJsonLimits(this IServiceCollection services)
    {
        services.AddOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>()
            .Configure<IOptions<LimitOptions>>((json, limits) => Apply(json.SerializerOptions, limits.Value));
        services.AddOptions<Microsoft.AspNetCore.Mvc.JsonOptions>()
            .Configure<IOptions<LimitOptions>>((json, limits) => Apply(json.JsonSerializerOptions, limits.Value));

        // The framework's own sentences name types; the path that goes with them is the client's.
        services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(json => json.AllowInputFormatterExceptionMessages = false);

        // In Production, too: what the exception tells, an answer can name. MalformedRequest gives it.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
    }

    private static void Apply(JsonSerializerOptions json, LimitOptions limits)
    {
        json.MaxDepth = limits.JsonDepth;
        json.AllowDuplicateProperties = false; // of two values of one name, others may take the other one (RFC 8259, 4)
    }
}
