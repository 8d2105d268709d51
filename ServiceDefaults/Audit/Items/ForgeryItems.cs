using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Audit.Items;

/// <summary>What a client can make the site believe about where, and how, it is asked.</summary>
internal static class ForgeryItems
{
    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "hosts.names",
            Title = "The site answers under its own names and no other",
            Fix = "List the site's names (AllowedHosts here), and refuse every other Host.",
            Check = async site =>
            {
                var answer = await site.AskAsync(site.Page.Address, ("Host", AuditedSite.Stranger));
                return new Finding(
                    answer is null || (!Repeats(answer) && (answer.Body.Length == 0 || answer.Status is >= 300 and < 500)),
                    $"A request for the host {AuditedSite.Stranger} was {Describe(answer)}.");
            },
        },
        new()
        {
            Id = "proxies.scheme",
            Title = "Nobody makes plain HTTP pass for HTTPS, or the other way round",
            Asvs = ["4.1.3"],
            Fix = "Let the proxy overwrite X-Forwarded-Proto, and believe it from trusted proxies only.",
            Check = async site =>
            {
                var plain = site.Plain is null ? null : await site.AskAsync(site.Plain, Forwarded("https", site.Target.Host));
                var isRedirected = site.Plain is not null && (await site.AskAsync(site.Plain))?.Location is not null;
                var secure = site.Secure is null ? null : await site.AskAsync(site.Page.Address, Forwarded("http", site.Target.Host));
                return new Finding(
                    (plain is null || !isRedirected || !plain.IsFound) && (secure is null || secure.Location?.Scheme != Uri.UriSchemeHttps || site.Page.Location is not null),
                    $"X-Forwarded-Proto: https over plain HTTP was {Describe(plain)}, without it {(isRedirected ? "redirected" : "not redirected")}; http over HTTPS was {Describe(secure)}.{FromHere(site)}");
            },
        },
        new()
        {
            Id = "proxies.host",
            Title = "Nobody puts another host into the site's links and redirects",
            Asvs = ["4.1.3"],
            Fix = "Do not read X-Forwarded-Host, or let the proxy overwrite it.",
            Check = async site =>
            {
                var forged = Forwarded("https", AuditedSite.Stranger);
                SentAnswer?[] answers = [await site.AskAsync(site.Page.Address, forged), site.Plain is null ? null : await site.AskAsync(site.Plain, forged[1..])];
                var repeated = answers.OfType<SentAnswer>().FirstOrDefault(Repeats);
                return new Finding(repeated is null, $"X-Forwarded-Host: {AuditedSite.Stranger} came back {(repeated is null ? "nowhere" : $"from {repeated.Address}, {Describe(repeated)}")}.{FromHere(site)}");
            },
        },
    ];

    private static (string, string)[] Forwarded(string scheme, string host) =>
        [("X-Forwarded-Proto", scheme), ("X-Forwarded-Host", host), ("Forwarded", $"for=192.0.2.1;host={host};proto={scheme}")];

    private static bool Repeats(SentAnswer answer) =>
        answer.Header("Location").Contains(AuditedSite.Stranger, StringComparison.OrdinalIgnoreCase) || answer.Body.Contains(AuditedSite.Stranger, StringComparison.OrdinalIgnoreCase);

    private static string Describe(SentAnswer? answer) => answer switch
    {
        null => "not answered",
        { Location: { } location } => $"answered {answer.Status}, to {location}",
        _ => $"answered {answer.Status}",
    };

    /// <summary>Many sites trust their own machine as a proxy; then what is forged here is not forged elsewhere.</summary>
    private static string FromHere(AuditedSite site) =>
        ThisMachine.Is(site.Target.Connect) ? " (Asked from this machine, which a site may trust as its proxy: ask from another one, too.)" : "";
}
