using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.CrossOrigin;

/// <summary>What the checklist asks about other sites.</summary>
internal static class CrossOriginItems
{
    private const string Stranger = "https://stranger.invalid"; // RFC 6761: a name that nobody has

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "cross-origin.strangers",
            Title = "No other site has a visitor's browser change something here",
            Asvs = ["3.5.1"],
            Options = typeof(CrossOriginOptions),
            Fix = "Leave UseCrossOriginProtection where it is in RequestPipeline.cs, and put nothing before it that takes Origin and Sec-Fetch-Site away.",
            Check = async inspection =>
            {
                var (own, foreign) = (await SendAsync(inspection, "same-origin"), await SendAsync(inspection, "cross-site", ("Origin", Stranger)));
                var (trusted, named) = (inspection.Options<CrossOriginOptions>().TrustedOrigins, await SendAsync(inspection, "same-site", ("Origin", "https://other.invalid")));
                return new Finding(
                    own.Status == StatusCodes.Status200OK && foreign.Status == StatusCodes.Status403Forbidden && named.Status == StatusCodes.Status403Forbidden,
                    $"A POST of this site's own page was answered {own.Status}, one of {Stranger} {foreign.Status}, one of another host of the same site {named.Status}. Trusted: {string.Join(", ", trusted.DefaultIfEmpty("none"))}.");
            },
        },
    ];

    private static Task<RehearsedAnswer> SendAsync(Inspection inspection, string site, params IEnumerable<(string Name, string Value)> headers) => inspection.SendAsync(new()
    {
        Method = HttpMethods.Post,
        Headers = headers.Append(("Sec-Fetch-Site", site)).ToDictionary(header => header.Item1, header => header.Item2),
        Endpoint = RehearsedRequest.Ok,
    });
}
