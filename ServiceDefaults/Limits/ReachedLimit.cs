using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits;

/// <summary>Which limit an exception of the framework tells of. It has no types for them; the texts that are read here are guarded by tests.</summary>
internal sealed partial class ReachedLimit(IOptions<LimitOptions> limits, IOptions<ConnectionLimits> connections)
{
    /// <summary>The limit behind an exception; null when it is about something else.</summary>
    public LimitHit? Behind(Exception exception, HttpContext context) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Body(context),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => LimitHit.BodyRate(connections.Value.BodyBytesPerSecond),
        BadHttpRequestException when CollectionLimitText().Match(exception.Message) is { Success: true } collection => LimitHit.CollectionSize((int)Number(collection)),
        BadHttpRequestException or InvalidOperationException when BindingLimitText().Match(exception.Message) is { Success: true } binding => context.Request.HasJsonContentType() ? LimitHit.JsonDepth((int)Number(binding)) : LimitHit.BindingDepth((int)Number(binding)),
        BadHttpRequestException { InnerException: JsonException json } => json.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? LimitHit.JsonDepth(limits.Value.JsonDepth) : null,
        BadHttpRequestException { InnerException: { } inner } => Behind(inner, context),
        InvalidDataException when FormLimitText().Match(exception.Message) is { Success: true } form => LimitHit.Form(form.Groups["what"].Value, Number(form)),
        _ => null,
    };

    /// <summary>The limit of the body: the application's, or the endpoint's own.</summary>
    public LimitHit Body(HttpContext context) =>
        LimitHit.Body(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? limits.Value.BodyBytes);

    [GeneratedRegex("^(Form |Multipart )?(?<what>.+) limit (?<number>\\d+) exceeded")]
    private static partial Regex FormLimitText();

    // Some sentences go on with what the client has sent: nothing is read behind a quotation mark that is none of these.
    [GeneratedRegex("^[^'\"]*maximum number of '(?<number>\\d{1,9})' elements")]
    private static partial Regex CollectionLimitText();

    // Of MVC: binding, its errors, validation. Of minimal APIs: validation, binding.
    [GeneratedRegex("^[^'\"]*(MaxModelBindingRecursionDepth[^0-9]*|maximum ModelState depth: |configured validation depth '|Maximum validation depth of |maximum recursion depth of ')(?<number>\\d{1,9})")]
    private static partial Regex BindingLimitText();

    private static long Number(Match match) => long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
}
