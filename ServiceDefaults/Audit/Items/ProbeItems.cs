using System.Text.RegularExpressions;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of monitoring.</summary>
internal static partial class ProbeItems
{
    private static readonly string[] Probes = ["/alive", "/ready", "/health", "/healthz", "/uptime"];
    private static readonly string[] Inside = ["/alive", "/ready", "/health", "/healthz", "/metrics", "/actuator"];

    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "monitoring.probes",
            Title = "Whoever watches the site can ask whether it is up",
            Severity = Severity.Warning,
            Fix = "Map a health check that strangers may ask, for instance /health.",
            Check = async site =>
            {
                var answers = await AskAsync(site, Probes);
                return new Finding(answers.Any(answer => answer.IsFound), Describe(answers));
            },
        },
        new()
        {
            Id = "monitoring.detail",
            Title = "Strangers get one word about the health of the inside",
            Asvs = ["13.4.5"],
            Fix = "Show the checks and the figures of the inside to operators only.",
            Check = async site =>
            {
                var answers = await AskAsync(site, Inside);
                string[] talkative = [.. answers.Where(answer => answer.IsFound && !Word().IsMatch(answer.Body)).Select(answer => answer.Address.AbsolutePath)];
                return new Finding(talkative.Length == 0, $"{Describe(answers)}{(talkative.Length > 0 ? $" More than a word was said at {string.Join(", ", talkative)}." : "")}");
            },
        },
    ];

    /// <summary>A page for people is no probe: some sites answer every address with one.</summary>
    private static async Task<IReadOnlyList<SentAnswer>> AskAsync(AuditedSite site, string[] paths)
    {
        var answers = new List<SentAnswer>();
        foreach (var path in paths)
        {
            if (await site.AskAsync(path) is { } answer && !(answer.IsHtml && answer.IsFound))
            {
                answers.Add(answer);
            }
        }

        return answers;
    }

    private static string Describe(IReadOnlyList<SentAnswer> answers) => answers.Count == 0
        ? "Nothing but pages was found."
        : $"{string.Join(", ", answers.Select(answer => $"{answer.Address.AbsolutePath} {(answer.IsFound ? answer.Status : "not found")}"))}.";

    [GeneratedRegex("""^\s*("?[\w-]*"?|\{\s*"status"\s*:\s*"[\w-]*"\s*\})\s*$""")]
    private static partial Regex Word();
}
