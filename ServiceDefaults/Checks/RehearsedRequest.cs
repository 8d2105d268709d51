using System.Net;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Checks;

/// <summary>A request that only the application itself can send: it may bring the endpoint that it is for.</summary>
public sealed class RehearsedRequest
{
    /// <summary>An endpoint that answers, when nothing but the pipeline is asked about.</summary>
    public static RequestDelegate Ok { get; } = context => context.Response.WriteAsync("ok");

    /// <summary>The method. Default GET.</summary>
    public string Method { get; init; } = HttpMethods.Get;

    /// <summary>The scheme of the connection. Default <c>https</c>.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>The path. Default <c>/rehearsal</c>, which nothing is mapped to.</summary>
    public PathString Path { get; init; } = "/rehearsal";

    /// <summary>The peer's address. Default: this machine.</summary>
    public IPAddress From { get; init; } = IPAddress.Loopback;

    /// <summary>Headers beside <c>Host</c>, which names this site.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>An earlier answer whose cookies are sent back.</summary>
    public RehearsedAnswer? After { get; init; }

    /// <summary>A body, as text; null for none. Its type is a header.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the endpoint says that everybody may come, where <see cref="Metadata"/> does not say who. Default true.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>What answers, at the end of the whole pipeline; without it, whatever is mapped to the path.</summary>
    public RequestDelegate? Endpoint { get; init; }

    /// <summary>The metadata of that endpoint.</summary>
    public IReadOnlyList<object> Metadata { get; init; } = [];
}

/// <summary>How the application answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body, as text.</param>
public sealed record RehearsedAnswer(int Status, IHeaderDictionary Headers, string Body)
{
    /// <summary>The cookies as they were set, each with its attributes.</summary>
    public IReadOnlyList<string> Cookies => [.. Headers.SetCookie.Select(cookie => cookie!)];

    /// <summary>Cookies for people: without their values, which open sessions.</summary>
    /// <returns>Names and attributes.</returns>
    public string DescribeCookies() => Cookies.Count == 0
        ? "(no cookie)"
        : string.Join(" | ", Cookies.Select(cookie => $"{cookie.Split('=')[0]}=…{(cookie.Contains(';', StringComparison.Ordinal) ? cookie[cookie.IndexOf(';', StringComparison.Ordinal)..] : "")}"));
}
