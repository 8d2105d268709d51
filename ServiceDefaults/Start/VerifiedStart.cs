using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Start;

/// <summary>Verifies the application before it listens.</summary>
public static partial class VerifiedStart
{
    /// <summary>
    /// Validates every option, builds the application, asks every item of the checklist, every <see cref="IStartCheck"/>
    /// among them, and only then listens, with the pipeline that was asked. With <c>check</c> as the first argument it prints
    /// the checklist instead, and never listens; with an address after it, it audits a site that runs.
    /// </summary>
    /// <remarks>
    /// Options are validated before the build, which reads some of them (Kestrel's limits) and would end in the first
    /// problem with a stack trace.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="configure">The middleware and the endpoints.</param>
    /// <returns>
    /// The exit code: 0 after an orderly stop, 1 when the start was refused; the reasons are on standard error. Of
    /// <c>check</c>: 0 when all critical items hold, 1 when not, 2 when it could not run.
    /// </returns>
    public static async Task<int> RunVerifiedAsync(this WebApplicationBuilder builder, string[] args, Action<WebApplication> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);
        if (args is ["check", ..])
        {
            return await CheckCommand.RunAsync(builder, args, configure, Console.Out);
        }

        var refusals = InvalidOptions.Find(builder.Services);
        if (refusals.Count > 0)
        {
            return await RefuseAsync(refusals.SelectMany(refusal => refusal.Failures));
        }

        builder.Services.RemoveAll<IStartupValidator>(); // the host would validate them once more
        await using var app = Rehearsal.Prepare(builder, configure);
        string[] problems = [.. await AskChecklistAsync(app)];
        if (problems.Length > 0)
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

    /// <summary>A critical item that does not hold is a problem; in Development, where nobody is in danger, most are a line in the log.</summary>
    /// <returns>All problems together, so that one attempt shows everything that has to be mended.</returns>
    private static async Task<IEnumerable<string>> AskChecklistAsync(WebApplication app)
    {
        var report = await app.Services.GetRequiredService<ChecklistRunner>().RunAsync(CancellationToken.None);
        app.Services.GetRequiredService<ChecklistMeter>().Stand(report);
        var critical = report.Failures(Severity.Critical).ToLookup(failure => !app.Environment.IsDevelopment() || failure.Item is ChecklistItem { StopsDevelopment: true });
        if (critical[false].Any() && !critical[true].Any())
        {
            LogInDevelopment(app.Logger, string.Join(", ", critical[false].Select(failure => failure.Item.Id)));
        }

        foreach (var warning in app.Environment.IsDevelopment() ? [] : report.Failures(Severity.Warning))
        {
            LogWarning(app.Logger, warning.Item.Id, warning.ToString());
        }

        return critical[true].Select(failure => failure.ToString());
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> problems)
    {
        await Console.Error.WriteLineAsync("The application did not start:");
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"  - {problem}");
        }

        return 1;
    }

    [LoggerMessage(LogLevel.Warning, "This is Development. In Production these items of the checklist would stop the start: {Items}. The page /checklist says why.")]
    private static partial void LogInDevelopment(ILogger logger, string items);

    [LoggerMessage(LogLevel.Warning, "Checklist, {Item}: {Problem}")]
    private static partial void LogWarning(ILogger logger, string item, string problem);
}
