using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Identity;
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
            services.AddTestAccounts();
            services.AddNotes();
        },
        closesUndeclared: true);
}
