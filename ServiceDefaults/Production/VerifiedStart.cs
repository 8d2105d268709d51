using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Production;

/// <summary>Verifies the application before it listens.</summary>
public static class VerifiedStart
{
    /// <summary>Validates every option, builds the application, asks every <see cref="IStartCheck"/>, and only then listens.</summary>
    /// <remarks>
    /// Options are validated before the build, which reads some of them (Kestrel's limits) and would end in the first
    /// problem with a stack trace.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">The middleware and the endpoints.</param>
    /// <returns>The exit code: 0 after an orderly stop, 1 when the start was refused; the reasons are on standard error.</returns>
    public static async Task<int> RunVerifiedAsync(this WebApplicationBuilder builder, Action<WebApplication> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        var problems = FindInvalidOptions(builder.Services);
        if (problems.Count > 0)
        {
            return await RefuseAsync(problems);
        }

        await using var app = builder.Build();
        configure(app);
        problems = await AskStartChecksAsync(app.Services);
        if (problems.Count > 0)
        {
            return await RefuseAsync(problems);
        }

        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return await RefuseAsync([$"{exception.Message} Stop the other process, or set another address in ASPNETCORE_URLS."]);
        }
    }

    /// <summary>All problems together, so that one attempt shows everything that has to be mended.</summary>
    private static List<string> FindInvalidOptions(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
        {
            return [.. exception.Flatten().InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        }
    }

    private static async Task<List<string>> AskStartChecksAsync(IServiceProvider services)
    {
        var problems = new List<string>();
        foreach (var check in services.GetServices<IStartCheck>())
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

    private static async Task<int> RefuseAsync(List<string> problems)
    {
        await Console.Error.WriteLineAsync("The application did not start:");
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"  - {problem}");
        }

        return 1;
    }
}
