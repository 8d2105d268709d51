using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tests.Parts;
using WebApp.Account;
using WebApp.Account.Operators;

namespace Tests.Identity;

/// <summary>The account pages of the web app, on a real Kestrel and a real Redis.</summary>
internal static class AccountSite
{
    public const string Password = "seven small green boats";

    private const string Registrations = "SignIn:RegistrationsPerAddress";

    public static Task<Site> StartAsync(
        RedisServer redis, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        return StartAsync(new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["REDIS_URL"] = redis.Url }, services, map);
    }

    public static Task<Site> StartInMemoryAsync() => StartAsync(new Dictionary<string, string?> { ["Session:Store"] = "Memory" }, services: null, map: null);

    private static Task<Site> StartAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? services, Action<WebApplication>? map) => Site.StartAsync(
        app =>
        {
            SignInEndpoints.Map(app);
            map?.Invoke(app);
            app.MapRazorPages();
        },
        settings.ContainsKey(Registrations) ? settings : new Dictionary<string, string?>(settings) { [Registrations] = "10000" }, // tests have one address
        services: all =>
        {
            services?.Invoke(all);
            all.AddRazorPages(pages => pages.RootDirectory = "/").AddApplicationPart(typeof(AccountRegistration).Assembly);
            all.AddTestAccounts();
        });

    public static void AddTestAccounts(this IServiceCollection services)
    {
        services.AddAccounts();
        services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000); // tests sign in hundreds of times
    }

    public static async Task<Visitor> RegisterAsync(this Site site, string name, string password = Password)
    {
        var browser = site.Visitor();
        await browser.RegisterAsync(name, password);
        return browser;
    }

    public static async Task RegisterAsync(this Visitor browser, string name, string password = Password)
    {
        var answer = await browser.SubmitAsync("/account/register", ("Name", name), ("Password", password), ("Repeated", password));
        Assert.True(answer.IsRedirect, answer.Text);
    }

    /// <summary>The settings that make a user an operator.</summary>
    public static Dictionary<string, string?> Operator(string name) => new() { ["Operators:Names:0"] = name };

    /// <summary>What an operator fills in to find a user.</summary>
    public static (string Field, string Value) Sought(string name) => ("Name", name);

    /// <summary>Registers an account and makes it an operator, as the configuration does at the next start.</summary>
    public static async Task<Visitor> RegisterOperatorAsync(this Site site)
    {
        var visitor = await site.RegisterAsync("the-operator");
        site.Services.GetRequiredService<IOptions<OperatorOptions>>().Value.Names.Add("the-operator");
        return visitor;
    }

    public static Task<FormAnswer> SignInAsync(this Visitor browser, string name, string password = Password) =>
        browser.SubmitAsync("/account/sign-in", ("Name", name), ("Password", password));
}
