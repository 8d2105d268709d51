using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Foundation;

/// <summary>Finds the options that their validators refuse, all of them, without building the application.</summary>
internal static class InvalidOptions
{
    public static IReadOnlyList<OptionsValidationException> Find(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [exception];
        }
        catch (AggregateException exception)
        {
            return [.. exception.Flatten().InnerExceptions.Cast<OptionsValidationException>()];
        }
    }
}
