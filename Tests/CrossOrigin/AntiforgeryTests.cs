using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Foundation;
using ServiceDefaults.Headers;
using Tests.Identity;
using Tests.Parts;

namespace Tests.CrossOrigin;

/// <summary>No endpoint of the web app takes a form without its token, or anything from another site: all of them are asked.</summary>
public sealed class AntiforgeryTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Operator = "olga";

    [SkippableFact]
    public async Task Every_endpoint_refuses_a_form_without_its_token_and_whatever_comes_from_another_site()
    {
        await using var site = await StartAsync();
        using var browser = new Visitor(site.ClientOptions.BaseAddress).OverHttps();
        await browser.SignInAsync(Operator);
        var signedIn = browser.SessionCookie;

        var endpoints = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Unsafe).Distinct().ToArray();
        Assert.Contains(endpoints, endpoint => endpoint.Path == "/account/sign-out"); // they were found
        Assert.Contains(endpoints, endpoint => endpoint.Path.StartsWith("/operators/", StringComparison.Ordinal));

        foreach (var (method, path) in endpoints.Where(endpoint => !ChangesNothing(endpoint.Path)))
        {
            using var form = await SendAsync(browser, method, path, "same-origin");
            Assert.True((int)form.StatusCode is 400 or 404 or 405 or 415, $"{method} {path} took a form without a token: {form.StatusCode}");

            using var foreign = await SendAsync(browser, method, path, "cross-site");
            Assert.True((int)foreign.StatusCode == 403, $"{method} {path} took a request from another site: {foreign.StatusCode}");
        }

        Assert.Equal(signedIn, browser.SessionCookie); // nothing was done: still signed in, and nobody else
        Assert.Contains($">{Operator}</a>", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    /// <summary>What changes nothing, and reads no cookie: probes, and the browsers' reports.</summary>
    private static bool ChangesNothing(string path) => Probes.IsProbe(path) || path == CspReports.Path;

    private static IEnumerable<(string Method, string Path)> Unsafe(RouteEndpoint endpoint)
    {
        var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : "1"));
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } declared ? declared : ["POST"];
        return methods.Where(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method)).Select(method => (method, path));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string method, string path, string fetchSite)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new FormUrlEncodedContent([new("Name", "ann"), new("Password", "seven small green boats")]),
        };
        request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return await browser.SendAsync(request);
    }

    /// <summary>The web app with its own <c>Program.cs</c>, on a real Kestrel.</summary>
    private async Task<WebApplicationFactory<Program>> StartAsync()
    {
        await using (var first = await AccountSite.StartAsync(redis, new Dictionary<string, string?> { ["Application:Name"] = Repository.ApplicationName }))
        {
            using var _ = await first.RegisterAsync(Operator);
        }

        var isOperator = AccountSite.Operator(Operator).Single();
        var site = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseEnvironment("Production")
            .UseSetting("AllowedHosts", "127.0.0.1;localhost")
            .UseSetting("SECRET", Site.Secret)
            .UseSetting("REDIS_URL", redis.Url)
            .UseSetting(isOperator.Key, isOperator.Value));
        site.UseKestrel(0);
        site.StartServer();
        return site;
    }
}
