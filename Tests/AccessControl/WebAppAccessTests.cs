using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.AccessControl;
using Tests.Parts;

namespace Tests.AccessControl;

/// <summary>Nothing in the web app was forgotten.</summary>
public sealed class WebAppAccessTests : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> app = WholeWebApp.Create();

    /// <summary>Every address, also of files and probes, which authorization does not come to.</summary>
    [Fact]
    public void Every_endpoint_says_who_may_come()
    {
        var endpoints = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();

        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "account/sign-in");
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/alive");
        Assert.Equal([], endpoints.Where(endpoint => !SaysWhoMayCome(endpoint)).Select(endpoint => endpoint.DisplayName).Distinct());
    }

    [Fact]
    public void Every_policy_has_a_table_of_who_may_do_what()
    {
        var tables = typeof(WebAppAccessTests).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, BaseType: { IsGenericType: true } parent } && parent.GetGenericTypeDefinition() == typeof(AccessMatrix<>))
            .Select(type => type.BaseType!.GetGenericArguments()[0]);

        Assert.Equal([], app.Services.GetRequiredService<AccessPolicies>().All.Select(policy => policy.ItemType).Except(tables));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static bool SaysWhoMayCome(RouteEndpoint endpoint) =>
        endpoint.DisplayName == "Fallback {**path:file}" // ASP.NET Core's own: files added since the build. It stays closed.
        || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
}
