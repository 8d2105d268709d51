using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Limits;

/// <summary>Says what is wrong with a request that cannot be read, and where.</summary>
internal static partial class MalformedRequest
{
    private const string Form = "The form cannot be read: it is malformed, or cut off.";

    /// <summary>What is wrong with the request; null when the exception is about something else.</summary>
    public static string? Explain(Exception exception, HttpContext context) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Explain(json),
        BadHttpRequestException { InnerException: InvalidDataException or IOException } when context.Request.HasFormContentType => Form,
        BadHttpRequestException bad when ParameterText().Match(bad.Message) is { Success: true } parameter => $"\"{parameter.Groups[1].Value}\" is missing or cannot be read.",
        BadHttpRequestException => "The request cannot be read: it is malformed, or cut off.",
        InvalidDataException or IOException when IsUnreadForm(context) => Form,
        _ => null,
    };

    private static string Explain(JsonException json) =>
        $"The JSON cannot be read at \"{json.Path ?? "$"}\" (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).";

    /// <summary>A form that has been read is not what such an exception is about.</summary>
    private static bool IsUnreadForm(HttpContext context) =>
        context.Request.HasFormContentType && !context.RequestAborted.IsCancellationRequested && context.Features.Get<IFormFeature>()?.Form is null;

    // "Required parameter "int first" was not provided from query string.": the name, without the type.
    [GeneratedRegex("parameter \"(?:.* )?(\\w+)\"")]
    private static partial Regex ParameterText();
}
