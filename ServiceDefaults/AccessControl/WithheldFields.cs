using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MvcJsonOptions = Microsoft.AspNetCore.Mvc.JsonOptions;

namespace ServiceDefaults.AccessControl;

/// <summary>
/// Writes items with a policy as JSON for the caller: a field that they may not read is null, and the member
/// <c>withheld</c> names it. A field without a rule is no part of the answer. An endpoint cannot forget it.
/// </summary>
internal sealed class WithheldFields(AccessPolicies policies, IHttpContextAccessor http) : IPostConfigureOptions<JsonOptions>, IPostConfigureOptions<MvcJsonOptions>
{
    public const string Member = "withheld";

    public void PostConfigure(string? name, JsonOptions options) => Guard(options.SerializerOptions);

    /// <summary>Of controllers, and of pages that answer with a JsonResult.</summary>
    public void PostConfigure(string? name, MvcJsonOptions options) => Guard(options.JsonSerializerOptions);

    private void Guard(JsonSerializerOptions json) =>
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Guard);

    private void Guard(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || policies.Find(type.Type) is not { } policy)
        {
            return;
        }

        var members = new List<(string Json, string Field)>();
        foreach (var property in type.Properties.ToArray())
        {
            type.Properties.Remove(property);
            if (property is { AttributeProvider: PropertyInfo { Name: var field }, Get: { } read } && policy.Fields.ContainsKey(field))
            {
                members.Add((property.Name, field));
                var guarded = type.CreateJsonPropertyInfo(Nullable(property.PropertyType), property.Name);
                guarded.AttributeProvider = property.AttributeProvider;
                guarded.CustomConverter = guarded.PropertyType == property.PropertyType ? property.CustomConverter : null;
                guarded.Order = property.Order;
                guarded.Get = item => Access().CanRead(policy, field) ? read(item) : null;
                guarded.Set = property.Set;
                type.Properties.Add(guarded);
            }
        }

        var withheld = type.CreateJsonPropertyInfo(typeof(string[]), Member);
        withheld.Get = _ => members.Where(member => !Access().CanRead(policy, member.Field)).Select(member => member.Json).ToArray() is { Length: > 0 } names ? names : null;
        withheld.ShouldSerialize = (_, names) => names is not null;
        type.Properties.Add(withheld);
    }

    private static Type Nullable(Type type) =>
        type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;

    private Access Access() => http.HttpContext?.RequestServices.GetRequiredService<Access>() ?? new Access(policies, http);
}
