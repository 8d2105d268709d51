using ServiceDefaults.Audit.Items;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit;

/// <summary>The checklist, as far as it is seen from outside: <c>check https://site</c>.</summary>
internal static class SiteAudit
{
    /// <summary>What needs the most answers comes last: it looks at all that were given.</summary>
    public static readonly IReadOnlyList<AuditItem> Items =
    [
        .. TlsItems.All, .. RedirectItems.All, .. PolicyItems.All, .. SentHeaderItems.All, .. ForgeryItems.All, .. DisclosureItems.All, .. ProbeItems.All,
        .. SentCookieItems.All,
    ];

    /// <exception cref="CannotCheckException">Nobody answers.</exception>
    public static async Task<((string Name, string Value)[] Heading, ChecklistReport Report)> RunAsync(AuditTarget target)
    {
        using var site = await AuditedSite.OpenAsync(target);
        var report = await Examination.RunAsync(Items, 1, (item, _) => item.Check(site), CancellationToken.None);
        return ([("site", $"{site.Page.Address}"), ("answers", $"{site.Answers.Count} answers")], report);
    }
}
