using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Caching;
using ServiceDefaults.Sessions;
using WebApp.Counter;

namespace WebApp.Home;

/// <summary>The home page: the visit counter, who is signed in, and what caches do.</summary>
[AllowAnonymous]
public sealed class IndexModel(ISessionStorage storage, CacheHints hints) : PageModel
{
    /// <summary>What caches do with this page, in words.</summary>
    public string CacheSentence => hints.Policy is { AllowsCaching: true } policy
        ? $"Caches may keep this page for {policy.MaxAge.TotalSeconds} seconds ({policy})."
        : "This page is about this browser alone, so no cache keeps a copy of it (private, no-store).";

    /// <summary>How often this browser has been counted, here or at <c>/counter</c>.</summary>
    public int Views => HttpContext.Session.GetInt32(CounterApi.Key) ?? 0;

    /// <summary>Where sessions are kept.</summary>
    public string Store => storage.Name;

    /// <summary>Whether the count survives a restart and is seen by every replica.</summary>
    public bool IsShared => storage.IsShared;

    /// <summary>The count in words.</summary>
    public string Sentence => Views switch
    {
        0 => "This browser has not been counted yet.",
        1 => "This browser has been counted once.",
        _ => $"This browser has been counted {Views} times.",
    };

    /// <summary>Counts, and shows the page again: a reload then counts nothing.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A redirect to this page.</returns>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await HttpContext.Session.IncrementAsync(CounterApi.Key, cancellationToken: cancellationToken);
        return RedirectToPage();
    }
}
