using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Audit;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Checklist;

/// <summary>
/// The command <c>check</c>: examines the application as it would start here, and does not start it; or, with an address, a
/// site that runs, from outside.
/// </summary>
internal static class CheckCommand
{
    private const int CouldNotRun = 2;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args, Action<WebApplication> configure, TextWriter output)
    {
        var (asJson, isStrict) = (args.Contains("--json"), args.Contains("--strict"));
        string[] rest = [.. args[1..].Except(["--json", "--strict"])];
        try
        {
            var (heading, report) = rest is [] ? await InsideAsync(builder, configure) : await SiteAudit.RunAsync(AuditTarget.Parse(rest));
            await output.WriteLineAsync(asJson ? ChecklistText.AsDocument(report, heading) : ChecklistText.AsTable(report, string.Join(", ", heading.Select(entry => entry.Value))));
            return report.Failures(Severity.Critical).Any() || (isStrict && report.Failures(Severity.Warning).Any()) ? 1 : 0;
        }
        catch (CannotCheckException refused)
        {
            await output.WriteLineAsync(refused.Message);
            return CouldNotRun;
        }
    }

    private static async Task<((string Name, string Value)[] Heading, ChecklistReport Report)> InsideAsync(WebApplicationBuilder builder, Action<WebApplication> configure)
    {
        builder.Logging.ClearProviders().AddProvider(new Silence()); // the output is the report
        var identity = new ApplicationIdentity(builder.Configuration, builder.Environment);
        try
        {
            return (
                [("application", identity.Name), ("version", ApplicationIdentity.Version), ("environment", builder.Environment.EnvironmentName)],
                await ExamineAsync(builder, configure));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CannotCheckException($"The checklist could not run: the application cannot be built ({exception.GetType().Name}). Start it to see why.");
        }
    }

    private static async Task<ChecklistReport> ExamineAsync(WebApplicationBuilder builder, Action<WebApplication> configure)
    {
        if (InvalidOptions.Find(builder.Services) is { Count: > 0 } refusals)
        {
            var items = builder.Services.Where(service => service.ServiceType == typeof(ChecklistItem)).Select(service => (ChecklistItem)service.ImplementationInstance!);
            return ChecklistRunner.ReportRefused([.. items], refusals);
        }

        await using var app = Rehearsal.Prepare(builder, configure);
        return await app.Services.GetRequiredService<ChecklistRunner>().RunAsync(CancellationToken.None);
    }

    /// <summary>Takes every line that the settings let through, as the deployed application's log would, and says none.</summary>
    private sealed class Silence : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
