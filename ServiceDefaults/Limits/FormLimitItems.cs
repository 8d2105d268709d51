using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Limits;

/// <summary>What the checklist asks about forms.</summary>
internal static class FormLimitItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "limits.forms",
            Title = "A form holds only so many values",
            Asvs = ["4.3.1"],
            Options = typeof(FormLimits),
            Fix = "Set Limits:Form, and leave FormOptions alone.",
            Check = async inspection =>
            {
                var most = inspection.Options<FormLimits>().Values;
                var (fits, tooMany) = (await SendAsync(inspection, most), await SendAsync(inspection, most + 1));
                return new Finding(
                    fits.Status == StatusCodes.Status200OK && tooMany.Status is >= 400 and < 500,
                    string.Create(CultureInfo.InvariantCulture, $"A form with {most:N0} values was answered {fits.Status}, one with {most + 1:N0} {tooMany.Status}."));
            },
        },
    ];

    private static Task<RehearsedAnswer> SendAsync(Inspection inspection, int values) => inspection.SendAsync(new()
    {
        Method = HttpMethods.Post,
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
        Body = string.Join('&', Enumerable.Repeat("a=", values)),
        Endpoint = async context => await context.Response.WriteAsync($"{(await context.Request.ReadFormAsync(context.RequestAborted)).Count}"),
    });
}
