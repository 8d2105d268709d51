using System.Net;
using Tests.Parts;

namespace Tests.Identity.OpenIdConnect;

/// <summary>A site without a provider that can be trusted does not start.</summary>
public sealed class ProviderOptionsTests
{
    [Theory]
    [InlineData("Authority", "", "OpenIdConnect:Authority is not set: the address of your OpenID Connect provider")]
    [InlineData("ClientId", " ", "OpenIdConnect:ClientId is not set: the name under which the provider knows this site.")]
    [InlineData("ClientSecret", "", "OpenIdConnect:ClientSecret is not set: the secret that the provider gave this site")]
    [InlineData("Authority", "http://login.example", "OpenIdConnect:Authority is \"http://login.example\": it must begin with https://")]
    [InlineData("Authority", "login.example", "OpenIdConnect:Authority is \"login.example\": it must begin with https://")]
    public async Task In_production_the_start_is_refused_and_the_setting_named(string setting, string value, string message)
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
            ["AllowedHosts"] = "shop.example",
            [$"OpenIdConnect__{setting}"] = value,
        });

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_a_site_may_do_without_and_says_what_is_missing_to_who_signs_in()
    {
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Session__Store"] = "Memory",
            ["OpenIdConnect__Authority"] = null,
            ["OpenIdConnect__ClientId"] = null,
            ["OpenIdConnect__ClientSecret"] = null,
        });
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        var answer = await browser.GetAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("set OpenIdConnect:Authority, ClientId and ClientSecret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
