using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Production;

/// <summary>Verifies the application before it listens.</summary>
public static class VerifiedStart
{
    /// <summary>Validates every option, asks every <see cref="IStartCheck"/>, and only then listens.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The exit code: 0 after an orderly stop, 1 when the start was refused; the reasons are on standard error.</returns>
    public static async Task<int> RunVerifiedAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var problems = await FindProblemsAsync(app.Services);
        if (problems.Count == 0)
        {
            try
            {
                await app.RunAsync();
                return 0;
            }
            catch (IOException exception) when (exception.InnerException is AddressInUseException)
            {
                problems = [$"{exception.Message} Stop the other process, or set another address in ASPNETCORE_URLS."];
            }
        }

        await Console.Error.WriteLineAsync("The application did not start:");
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"  - {problem}");
        }

        await app.DisposeAsync();
        return 1;
    }

    /// <summary>All problems together, so that one attempt shows everything that has to be mended.</summary>
    private static async Task<IReadOnlyList<string>> FindProblemsAsync(IServiceProvider services)
    {
        var problems = new List<string>();
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException exception)
        {
            problems.AddRange(exception.Failures);
        }
        catch (AggregateException exception)
        {
            problems.AddRange(exception.Flatten().InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }

        // A check may use the options: it is asked when they are known to be good.
        foreach (var check in problems.Count == 0 ? services.GetServices<IStartCheck>() : [])
        {
            try
            {
                await check.VerifyAsync(CancellationToken.None);
            }
            catch (StartRefusedException refused)
            {
                problems.Add(refused.Message);
            }
        }

        return problems;
    }
}
