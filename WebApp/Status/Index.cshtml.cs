using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Sessions;
using ServiceDefaults.Uptime;

namespace WebApp.Status;

/// <summary>Whether the site works, for everybody, also while its session store is away.</summary>
[AllowAnonymous]
[WithoutSession]
public sealed class IndexModel(SiteStatus status) : PageModel
{
    private const int ShownDays = 90;
    private const int ShownOutages = 20;

    public UptimeHistory Uptime { get; private set; } = UptimeHistory.Unknown;

    public IReadOnlyList<DayMark> Days { get; private set; } = [];

    public ResponseTimeChart Chart { get; private set; } = new([]);

    public IReadOnlyList<Outage> Outages { get; private set; } = [];

    public int MoreOutages { get; private set; }

    public async Task OnGetAsync()
    {
        Uptime = await status.UptimeAsync();
        Days = [.. Uptime.Days(ShownDays).Select(DayMark.Of)];
        Chart = new ResponseTimeChart(await status.ResponseTimesAsync());
        var outages = Uptime.Outages.Where(outage => (outage.End ?? Uptime.Now) > Uptime.Now.AddDays(-ShownDays)).ToArray();
        (Outages, MoreOutages) = ([.. outages.Take(ShownOutages)], Math.Max(0, outages.Length - ShownOutages));
        Response.Headers.CacheControl = "public, max-age=5";
    }
}
