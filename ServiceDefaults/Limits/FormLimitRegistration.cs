using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using ServiceDefaults.Responses;

namespace ServiceDefaults.Limits;

/// <summary>Limits what a form may hold, whoever reads it first: antiforgery, model binding or a minimal API.</summary>
internal static class FormLimitRegistration
{
    public static void AddFormLimits(this IServiceCollection services)
    {
        services.AddOptions<FormOptions>().Configure<IOptions<FormLimits>>((form, limits) =>
        {
            form.ValueCountLimit = limits.Value.Values;
            form.KeyLengthLimit = limits.Value.KeyLength;
            form.ValueLengthLimit = limits.Value.ValueLength;
            form.MultipartBodyLengthLimit = limits.Value.FileBytes;
            form.MultipartHeadersCountLimit = limits.Value.PartHeaders;
            form.MultipartHeadersLengthLimit = limits.Value.PartHeaderBytes;
            form.MultipartBoundaryLengthLimit = limits.Value.BoundaryLength;
        });
        services.AddOptions<MvcOptions>().Configure<IOptions<FormLimits>, IOptions<QueryStringLimits>, IOptions<LimitOptions>>((mvc, form, query, limits) =>
        {
            mvc.MaxModelBindingRecursionDepth = limits.Value.JsonDepth; // of names such as a.b.c, and of the paths of errors
            mvc.MaxValidationDepth = limits.Value.JsonDepth;
            mvc.MaxModelBindingCollectionSize = form.Value.Values + query.Value.Values; // all that can come: above it, MVC would answer 500
            mvc.ValueProviderFactories.Insert(0, new FormIsReadFirst());
        });
        services.AddOptions<ValidationOptions>().Configure<IOptions<LimitOptions>>((validation, limits) => validation.MaxDepth = limits.Value.JsonDepth);

        services.AddAntiforgery();
        var antiforgery = services.Last(service => service.ServiceType == typeof(IAntiforgery));
        services.Remove(antiforgery);
        services.AddSingleton<IAntiforgery>(provider => new CandidAntiforgery((IAntiforgery)ActivatorUtilities.CreateInstance(provider, antiforgery.ImplementationType!)));
    }
}
