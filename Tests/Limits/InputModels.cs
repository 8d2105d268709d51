using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Limits.Queries;

namespace Tests.Limits;

/// <summary>What clients may send to the endpoints of an application, and what of it nothing validates.</summary>
internal sealed class InputModels
{
    /// <summary>They bind themselves, and refuse themselves: fields that may not be written, and pages that are too large.</summary>
    private static readonly Type[] JudgeThemselves = [typeof(Changes<>), typeof(PageRequest)];

    private static readonly Type[] OfTheRequest = [typeof(HttpContext), typeof(HttpRequest), typeof(HttpResponse), typeof(ClaimsPrincipal), typeof(CancellationToken), typeof(Stream)];

    private readonly IServiceProvider services;

    private InputModels(IServiceProvider services) => this.services = services;

    /// <summary>Every input that was looked at.</summary>
    public List<string> All { get; } = [];

    /// <summary>Those that nothing validates.</summary>
    public List<string> Unvalidated { get; } = [];

    public static async Task<InputModels> OfAsync(IServiceProvider services)
    {
        var inputs = new InputModels(services);
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints))
        {
            await inputs.LookAtAsync(endpoint);
        }

        return inputs;
    }

    private async Task LookAtAsync(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } descriptor)
        {
            var page = await services.GetRequiredService<PageLoader>().LoadAsync(descriptor, endpoint.Metadata);
            page.BoundProperties.OfType<PageBoundPropertyDescriptor>().ToList().ForEach(bound => LookAtProperty(page.ModelTypeInfo!.Name, bound.Property, []));
            page.HandlerMethods.SelectMany(handler => handler.Parameters).ToList().ForEach(bound => LookAtParameter(bound.ParameterInfo));
        }

        endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters.OfType<ControllerParameterDescriptor>().ToList().ForEach(bound => LookAtParameter(bound.ParameterInfo));
        foreach (var bound in endpoint.Metadata.OfType<IParameterBindingMetadata>())
        {
            LookAtParameter(bound.ParameterInfo);
            if (IsModel(bound.ParameterInfo.ParameterType) && !IsKnownToValidation(bound.ParameterInfo.ParameterType))
            {
                Unvalidated.Add($"{bound.ParameterInfo.ParameterType.Name}, which AddValidation() does not know");
            }
        }
    }

    /// <summary>A text that is a parameter of its own finds something, or does not: of models, the parts are looked at.</summary>
    private void LookAtParameter(ParameterInfo parameter)
    {
        if (IsModel(parameter.ParameterType))
        {
            LookAtModel(parameter.ParameterType, []);
        }
    }

    private void LookAtModel(Type type, HashSet<Type> seen)
    {
        if (seen.Add(type) && !type.IsAssignableTo(typeof(IValidatableObject)))
        {
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                LookAtProperty(type.Name, property, seen);
            }
        }
    }

    private void LookAtProperty(string model, PropertyInfo property, HashSet<Type> seen)
    {
        All.Add($"{model}.{property.Name}");
        if (IsModel(property.PropertyType))
        {
            LookAtModel(ItemOf(property.PropertyType), seen);
        }
        else if (ItemOf(property.PropertyType) == typeof(string) && !property.GetCustomAttributes<ValidationAttribute>().Any(IsBound))
        {
            Unvalidated.Add(All[^1]);
        }
    }

#pragma warning disable ASP0029 // an experiment of .NET 10, and the only way to ask
    private bool IsKnownToValidation(Type type) => services.GetRequiredService<IOptions<ValidationOptions>>().Value.TryGetValidatableTypeInfo(type, out _);
#pragma warning restore ASP0029

    private bool IsModel(Type type)
    {
        var item = ItemOf(type);
        return !TypeDescriptor.GetConverter(item).CanConvertFrom(typeof(string))
            && !item.IsAssignableTo(typeof(IFormFile))
            && !OfTheRequest.Contains(item)
            && !JudgeThemselves.Contains(item.IsGenericType ? item.GetGenericTypeDefinition() : item)
            && !services.GetRequiredService<IServiceProviderIsService>().IsService(item);
    }

    private static Type ItemOf(Type type) => type == typeof(string) ? type
        : type.IsArray ? type.GetElementType()!
        : type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
        ?? Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsBound(ValidationAttribute attribute) =>
        attribute is StringLengthAttribute or MaxLengthAttribute or LengthAttribute or CompareAttribute or AllowedValuesAttribute or RegularExpressionAttribute;
}
