using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tests.Identity;
using Tests.Parts;
using WebApp.Account;
using WebApp.Account.Operators;
using WebApp.Notes;

namespace Tests.Notes;

/// <summary>Notes and accounts on a real Kestrel, with everything in memory.</summary>
internal static class NoteSite
{
    public static Task<Site> StartAsync(params (string Key, string Value)[] settings) => Site.StartAsync(
        app =>
        {
            app.MapRazorPages();
            app.MapNotes();
        },
        new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        {
            ["Session:Store"] = "Memory",
        },
        services: services =>
        {
            services.AddRazorPages(pages => pages.RootDirectory = "/").AddApplicationPart(typeof(AccountRegistration).Assembly);
            services.AddAccounts();
            services.AddNotes();
            services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
        },
        closesUndeclared: true);

    /// <summary>Registers an account and makes it an operator, as the configuration does at the next start.</summary>
    public static async Task<Visitor> RegisterModeratorAsync(this Site site)
    {
        var moderator = await site.RegisterAsync("mo-derator");
        site.Services.GetRequiredService<IOptions<OperatorOptions>>().Value.Names.Add("mo-derator");
        return moderator;
    }
}
