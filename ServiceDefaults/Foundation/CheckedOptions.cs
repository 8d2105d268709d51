using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Foundation;

/// <summary>Options that are bound to a section and validated at start.</summary>
public static class CheckedOptions
{
    /// <summary>Binds options to a section, and checks the attributes of their members before the application listens.</summary>
    /// <remarks>Unlike <c>ValidateDataAnnotations</c> and the generated validators, a message names the configuration key.</remarks>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The configuration section.</param>
    /// <returns>The options' builder, for rules between members.</returns>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new Validator<T>(section));
        services.AddSingleton(new CheckedSection(section, typeof(T)));
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class Validator<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var problems = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(problems.Select(problem => $"{section}:{problem.MemberNames.First()} is out of its range: {problem.ErrorMessage}"));
        }
    }
}

/// <summary>A configuration section that is validated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">The type that it is bound to.</param>
internal sealed record CheckedSection(string Name, Type Options);
