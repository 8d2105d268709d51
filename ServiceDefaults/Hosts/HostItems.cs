using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Hosts;

/// <summary>What the checklist asks about host names.</summary>
internal static class HostItems
{
    private const string Foreign = "stranger.invalid"; // RFC 6761: a name that nobody has

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "hosts.names",
            Title = "The site answers under its own names and no other",
            Options = typeof(AllowedHostsOptions),
            Fix = "Set AllowedHosts to the site's host names, separated by semicolons; Development answers under every name.",
            Check = async inspection =>
            {
                var (own, foreign) = (await AnswerAsync(inspection, null), await AnswerAsync(inspection, Foreign));
                return new Finding(
                    own.Status == StatusCodes.Status200OK && foreign.Status == StatusCodes.Status400BadRequest,
                    $"AllowedHosts is {string.Join(';', inspection.Options<AllowedHostsOptions>().Names)}: under such a name a request was answered {own.Status}, under {Foreign} {foreign.Status}.");
            },
        },
    ];

    private static Task<RehearsedAnswer> AnswerAsync(Inspection inspection, string? host) => inspection.SendAsync(new()
    {
        Headers = host is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Host"] = host },
        Endpoint = RehearsedRequest.Ok,
    });
}
