using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;
using WebApp.Account;
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
}
