using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.AccessControl;

/// <summary>What the checklist asks about access control.</summary>
internal static class AccessItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "access-control.strangers",
            Title = "What asks for a sign-in is not shown to strangers",
            Asvs = ["8.2.1"],
            Fix = "Let AuthorizationOptions.DefaultPolicy require an authenticated user.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new() { Metadata = [new AuthorizeAttribute()], Endpoint = context => context.Response.WriteAsync("for users") });
                return new Finding(answer.Status is 401 or 403 or 404 || (answer.Status == 302 && answer.Body.Length == 0), $"A stranger who asked was answered {answer.Status}.");
            },
        },
        new()
        {
            Id = "access-control.default",
            Title = "What does not say who may come is closed to everybody",
            Asvs = ["8.2.1"],
            Fix = "Leave AuthorizationOptions.FallbackPolicy to AddAccessControl.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new() { IsOpen = false, Endpoint = RehearsedRequest.Ok });
                return new Finding(answer.Status is 302 or 401 or 403 or 404, $"An endpoint that says nothing about it was answered {answer.Status}.");
            },
        },
        new()
        {
            Id = "access-control.data",
            Title = "Strangers change no item and write no field",
            Severity = Severity.Warning,
            Asvs = ["8.2.2", "8.2.3"],
            Fix = "Let the policies that the evidence names allow it to those who have signed in, unless everybody is meant.",
            Check = inspection =>
            {
                var (policies, stranger) = (inspection.Service<AccessPolicies>().All, new Caller(new ClaimsPrincipal()));
                string[] open =
                [
                    .. policies.SelectMany(policy => policy.Operations.Where(operation => operation != Operation.Read && policy.Admits(stranger, operation)).Select(operation => $"{operation.Name} of {policy.ItemType.Name}")),
                    .. policies.SelectMany(policy => policy.Fields.Values.Where(field => field.WrittenIn.Any(operation => field.MayWrite(stranger, operation))).Select(field => $"{policy.ItemType.Name}.{field.Name}")),
                ];
                var read = policies.SelectMany(policy => policy.Fields.Values.Where(field => field.MayRead(stranger)).Select(field => $"{policy.ItemType.Name}.{field.Name}"));
                return new Finding(
                    open.Length == 0,
                    $"Of {policies.Count} policies a stranger passes the gate to read {string.Join(", ", read.DefaultIfEmpty("nothing"))}; to change {string.Join(", ", open.DefaultIfEmpty("nothing"))}.");
            },
        },
        new()
        {
            Id = "access-control.forms",
            Title = "No other site sends a form in a visitor's name",
            Asvs = ["3.5.1"],
            Needs = "sessions.redis",
            Fix = "Leave IAntiforgery to the framework, and UseAntiforgery where it is in RequestPipeline.cs.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new()
                {
                    Method = HttpMethods.Post,
                    Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
                    Metadata = [new RequireAntiforgeryTokenAttribute()],
                    Endpoint = context => context.Response.WriteAsync(context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? "refused" : "taken"),
                });
                var isRefused = answer.Status >= 400 || answer.Body == "refused";
                return new Finding(isRefused, $"A form without a token was {(isRefused ? "refused" : "taken")}.");
            },
        },
    ];
}
