using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Limits;

/// <summary>A limit that a request has reached: its name, its value and the answer.</summary>
/// <param name="Limit">The kind, as the answer and the log name it.</param>
/// <param name="Maximum">The value of the limit; null when only the application knows it.</param>
/// <param name="StatusCode">The status of the answer.</param>
/// <param name="Sentence">What the client is told.</param>
internal sealed record LimitHit(string Limit, long? Maximum, int StatusCode, string Sentence)
{
    public static LimitHit Body(long bytes) => new("body-bytes", bytes, StatusCodes.Status413PayloadTooLarge, $"The body of this request may have at most {bytes} bytes.");

    public static LimitHit BodyRate(int rate) =>
        new("body-rate", rate, StatusCodes.Status408RequestTimeout, $"The body of a request has to arrive with at least {rate} bytes per second.");

    public static LimitHit Form(string what, long maximum) =>
        new("form-" + what.Replace(' ', '-').ToLowerInvariant(), maximum, StatusCodes.Status413PayloadTooLarge, $"The form is too large: its limit for the {what} is {maximum}.");

    public static LimitHit JsonDepth(int depth) => new("json-depth", depth, StatusCodes.Status400BadRequest, $"The JSON may be nested {depth} deep at most.");

    public static LimitHit BindingDepth(int depth) => new("binding-depth", depth, StatusCodes.Status400BadRequest, $"Field names may be nested {depth} deep at most.");

    public static LimitHit CollectionSize(int size) => new("collection-size", size, StatusCodes.Status400BadRequest, $"A list may have at most {size} entries.");

    public static LimitHit QueryBytes(int bytes) => new("query-bytes", bytes, StatusCodes.Status414UriTooLong, $"The query of the address may have at most {bytes} bytes.");

    public static LimitHit QueryValues(int values) => new("query-values", values, StatusCodes.Status400BadRequest, $"The query of the address may have at most {values} values.");

    public static LimitHit RequestTime(TimeSpan time) =>
        new("request-time", (long)time.TotalSeconds, StatusCodes.Status504GatewayTimeout, $"The answer took longer than {time.TotalSeconds:0.#} seconds, and was given up.");

    public static LimitHit Rate(string policy, int requests, TimeSpan window) => new(
        "rate-" + policy, requests, StatusCodes.Status429TooManyRequests, $"Your network may send at most {requests} of these requests in {window.TotalSeconds:0} seconds.");

    /// <summary>A policy of the application's own, for one endpoint.</summary>
    public static LimitHit OwnRate { get; } = new("rate", null, StatusCodes.Status429TooManyRequests, "There have been too many of these requests.");

    public static LimitHit Queue(int waiting) =>
        new("queue", waiting, StatusCodes.Status503ServiceUnavailable, "There is more to do at the moment than can be done. Please try again.");
}
