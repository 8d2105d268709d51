using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace ServiceDefaults.Limits;

/// <summary>Says what is wrong with a request that cannot be read, and where.</summary>
internal static partial class MalformedRequest
{
    private const string Form = "The form cannot be read: it is malformed, or cut off.";

    /// <summary>What is wrong with the request; null when the exception is about something else.</summary>
    public static ProblemDetails? Explain(Exception exception, HttpContext context) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } bad => Problem(bad.StatusCode, "Send JSON in UTF-8, with the content type application/json."),
        BadHttpRequestException { InnerException: JsonException json } => Explain(json),
        BadHttpRequestException { InnerException: InvalidDataException or IOException } when context.Request.HasFormContentType => Problem(StatusCodes.Status400BadRequest, Form),
        BadHttpRequestException bad when ParameterText().Match(bad.Message) is { Success: true } match => Explain(match.Groups["name"].Value),
        BadHttpRequestException bad => Problem(bad.StatusCode, "The request cannot be read: it is malformed, or cut off."),
        InvalidDataException or IOException when IsUnreadForm(context) => Problem(StatusCodes.Status400BadRequest, Form),
        _ => null,
    };

    private static ProblemDetails Explain(string parameter) => Problem(StatusCodes.Status400BadRequest, $"\"{parameter}\" is missing or cannot be read.", parameter);

    private static ProblemDetails Explain(JsonException json)
    {
        var path = json.Path ?? "$";
        return Problem(StatusCodes.Status400BadRequest, $"The JSON cannot be read at \"{path}\" (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).", path);
    }

    /// <summary>The field is named as a validation of it would.</summary>
    private static ProblemDetails Problem(int status, string detail, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (field is not null)
        {
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [field] = [detail] };
        }

        return problem;
    }

    /// <summary>A form that has been read is not what such an exception is about.</summary>
    private static bool IsUnreadForm(HttpContext context) =>
        context.Request.HasFormContentType && !context.RequestAborted.IsCancellationRequested && context.Features.Get<IFormFeature>()?.Form is null;

    // "Required parameter "int first" was not provided from query string.": the name, without the type.
    // "The value 'x' is not valid for 'Child.Number'.": what a form's field is called; the value is the client's, and may hold anything.
    [GeneratedRegex("^[^'\"]*parameter \"(?:[^\"]* )?(?<name>\\w+)\"|is not valid for '(?<name>[^']+)'\\.$")]
    private static partial Regex ParameterText();
}
