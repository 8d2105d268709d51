using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using ServiceDefaults.Foundation;
using Tests.Parts;
using WebApp.Account;

namespace Tests.Docs;

/// <summary>The settings that the application really has, found in the options that it validates.</summary>
internal sealed class KnownSettings : IDisposable
{
    /// <summary>Those that are bound to no options.</summary>
    private static readonly string[] Single = ["AllowedHosts", "Application:Name", "ConnectionStrings:redis", "REDIS_PASSWORD", "REDIS_URL", "SECRET", "SECRET_PREVIOUS"];

    private readonly WebApplication app;

    public KnownSettings()
    {
        var builder = WebApplication.CreateBuilder(["--environment=Production", "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["SECRET"] = Site.Secret, ["AllowedHosts"] = "localhost", ["Session:Store"] = "Memory" });
        builder.AddServiceDefaults();
        builder.Services.AddAccounts();
        app = builder.Build();
    }

    public bool Has(string key) => Single.Contains(key) || Find(key) is not null;

    /// <summary>Whether a text, as a page has it, is what holds when nothing is set.</summary>
    public bool IsDefault(string key, string text) => key == "Application:Name" ? text == Repository.ApplicationName :
        Find(key) is { } found && Equals(TypeDescriptor.GetConverter(found.Property.PropertyType).ConvertFromInvariantString(text), found.Property.GetValue(found.Owner));

    public void Dispose() => ((IDisposable)app).Dispose();

    /// <summary>The property that a key is bound to, and the options that have it.</summary>
    private (object Owner, PropertyInfo Property)? Find(string key)
    {
        var sections = app.Services.GetServices<CheckedSection>().Append(new CheckedSection("Session", typeof(SessionOptions))); // the framework's own, in the same section
        foreach (var section in sections.Where(section => key.StartsWith(section.Name + ":", StringComparison.Ordinal)))
        {
            object? owner = ((IOptions<object>)app.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(section.Options))).Value;
            PropertyInfo? property = null;
            foreach (var part in key[(section.Name.Length + 1)..].Split(':'))
            {
                if (property is not null)
                {
                    owner = property.GetValue(owner);
                }

                if (owner is System.Collections.IDictionary)
                {
                    return (owner, property!); // the names in it are the application's
                }

                property = owner?.GetType().GetProperty(part);
                if (property is null)
                {
                    break;
                }
            }

            if (property is not null)
            {
                return (owner!, property);
            }
        }

        return null;
    }
}
