using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.AccessControl;

/// <summary>The fields that a client sends for an item, as the parameter of an endpoint: read from a JSON object, and put into the item all or none.</summary>
/// <remarks>
/// A body that is no JSON object, a field that does not exist and one that holds what it cannot hold are answered with 400
/// and all of them named (<see cref="FieldsRefusedException"/>).
/// </remarks>
/// <typeparam name="T">The item; its fields have setters.</typeparam>
public sealed class Changes<T> : IBindableFromHttpContext<Changes<T>>
    where T : class
{
    private readonly List<(string Json, PropertyInfo Property, object? Value)> values;

    private Changes(List<(string Json, PropertyInfo Property, object? Value)> values) => this.values = values;

    static async ValueTask<Changes<T>?> IBindableFromHttpContext<Changes<T>>.BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw NoObject(StatusCodes.Status415UnsupportedMediaType, "Send a JSON object, with the content type application/json.");
        }

        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = json.MaxDepth };
            using var body = await JsonDocument.ParseAsync(context.Request.Body, strict, context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? Read(body.RootElement, json)
                : throw NoObject(StatusCodes.Status400BadRequest, "Send a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(exception.Message, exception); // answered as what binding cannot read
        }
    }

    /// <summary>Whether a field was sent.</summary>
    /// <param name="field">The name of the property.</param>
    public bool Has(string field) => values.Any(value => value.Property.Name == field);

    /// <summary>Puts the values into an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="operation">What is being done.</param>
    /// <param name="access">What the caller may write.</param>
    /// <exception cref="FieldsRefusedException">The caller may not write one of the fields: 403, and nothing has been changed.</exception>
    public void ApplyTo(T item, Operation operation, Access access)
    {
        ArgumentNullException.ThrowIfNull(access);
        FieldsRefusedException.ThrowIfAny(StatusCodes.Status403Forbidden, values
            .Where(value => !access.CanWrite<T>(operation, value.Property.Name))
            .Select(value => (value.Json, $"You may not write the field \"{value.Json}\" in this operation.")));
        foreach (var (_, property, value) in values)
        {
            property.SetValue(item, value);
        }
    }

    private static FieldsRefusedException NoObject(int status, string why) => new(status, new Dictionary<string, string[]> { ["$"] = [why] });

    private static Changes<T> Read(JsonElement body, JsonSerializerOptions json)
    {
        var known = json.GetTypeInfo(typeof(T)).Properties
            .Where(property => property.Set is not null)
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
        var values = new List<(string, PropertyInfo, object?)>();
        var problems = new List<(string, string)>();
        foreach (var member in body.EnumerateObject())
        {
            if (!known.TryGetValue(member.Name, out var field))
            {
                problems.Add((member.Name, $"There is no field \"{member.Name}\"."));
            }
            else if (TryRead(member.Value, field, json, out var value))
            {
                values.Add((member.Name, (PropertyInfo)field.AttributeProvider!, value));
            }
            else
            {
                problems.Add((member.Name, $"The field \"{member.Name}\" cannot hold this {member.Value.ValueKind.ToString().ToLowerInvariant()}."));
            }
        }

        FieldsRefusedException.ThrowIfAny(StatusCodes.Status400BadRequest, problems);
        return new Changes<T>(values);
    }

    private static bool TryRead(JsonElement element, JsonPropertyInfo field, JsonSerializerOptions json, out object? value)
    {
        var property = (PropertyInfo)field.AttributeProvider!;
        try
        {
            value = element.Deserialize(property.PropertyType, json);
            return value is not null || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // half a surrogate pair is the latter
        {
            value = null;
            return false;
        }
    }
}
