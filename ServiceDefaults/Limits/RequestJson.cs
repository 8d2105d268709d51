using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Limits;

/// <summary>
/// Tells JSON that a client has sent from JSON of the application's own, in which an error is nobody's but ours. Binding says
/// so itself; <c>ReadFromJsonAsync</c> throws what any reader of JSON throws.
/// </summary>
internal static class RequestJson
{
    /// <summary>The exception as binding throws it, when it is about a request's JSON; else the same exception.</summary>
    public static Exception AsOfBinding(Exception exception) => exception switch
    {
        JsonException when IsFromRequest(exception) => new BadHttpRequestException(exception.Message, StatusCodes.Status400BadRequest, exception),
        InvalidOperationException when IsFromRequest(exception) => new BadHttpRequestException(exception.Message, StatusCodes.Status415UnsupportedMediaType, exception),
        _ => exception,
    };

    /// <summary>An asynchronous method is a type of its own, within the one that it was written in.</summary>
    private static bool IsFromRequest(Exception exception) =>
        new StackTrace(exception).GetFrames().Any(frame => frame.GetMethod()?.DeclaringType is { } type && (type.DeclaringType ?? type) == typeof(HttpRequestJsonExtensions));
}
