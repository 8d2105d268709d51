using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tests.Identity.OpenIdConnect;
using Tests.Parts;
using WebApp.Account;
using WebApp.Account.Operators;

namespace Tests.Identity;

/// <summary>The account pages of the web app, on a real Kestrel and a real Redis, and people who sign in at a provider.</summary>
internal static class AccountSite
{
    public static Task<Site> StartAsync(
        RedisServer redis, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        return StartAsync(new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["REDIS_URL"] = redis.Url }, services, map);
    }

    public static Task<Site> StartInMemoryAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        StartAsync(new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Session:Store"] = "Memory" }, services: null, map: null);

    private static Task<Site> StartAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? services, Action<WebApplication>? map) => Site.StartAsync(
        app =>
        {
            SignInEndpoints.Map(app);
            map?.Invoke(app);
            app.MapRazorPages();
        },
        settings,
        services: all =>
        {
            services?.Invoke(all);
            all.AddRazorPages(pages => pages.RootDirectory = "/").AddApplicationPart(typeof(AccountRegistration).Assembly);
            all.AddTestAccounts();
        });

    public static void AddTestAccounts(this IServiceCollection services) => services.AddAccounts();

    public static async Task<Visitor> RegisterAsync(this Site site, string name)
    {
        var browser = site.Visitor();
        await browser.RegisterAsync(name);
        return browser;
    }

    /// <summary>Signs in for the first time, which here is like any other.</summary>
    public static async Task RegisterAsync(this Visitor browser, string name) => Assert.True((await browser.SignInAsync(name)).IsRedirect);

    /// <summary>Registers somebody and makes them an operator, as the configuration does at the next start.</summary>
    public static async Task<Visitor> RegisterOperatorAsync(this Site site)
    {
        site.Services.GetRequiredService<IOptions<OperatorOptions>>().Value.Ids.Add(FakeProvider.IdOf("the-operator"));
        return await site.RegisterAsync("the-operator");
    }

    /// <summary>The settings that make a user an operator.</summary>
    public static Dictionary<string, string?> Operator(string name) => new() { ["Operators:Ids:0"] = FakeProvider.IdOf(name) };

    /// <summary>What an operator fills in to find a user.</summary>
    public static (string Field, string Value) Sought(string name) => ("Id", FakeProvider.IdOf(name));

    /// <summary>To the provider, which agrees, and back.</summary>
    public static async Task<FormAnswer> SignInAsync(this Visitor browser, string name, string returnUrl = "/")
    {
        using var answer = await browser.GetAsync(await browser.AskProviderAsync(name, returnUrl));
        return new FormAnswer(answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>To the provider, which agrees.</summary>
    /// <returns>Where it sends the browser back to: a path of this site.</returns>
    public static async Task<string> AskProviderAsync(this Visitor browser, string name, string returnUrl = "/")
    {
        var challenge = await browser.GetAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.True(challenge.Headers.Location is not null, await challenge.Content.ReadAsStringAsync());
        using var atProvider = new Visitor(challenge.Headers.Location!);
        return (await atProvider.GetAsync(new Uri($"{challenge.Headers.Location}&user={name}"))).Headers.Location!.PathAndQuery;
    }
}
