using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Production;

namespace ServiceDefaults.Checklist;

/// <summary>The command <c>check</c>: examines the application as it would start here, and does not start it.</summary>
/// <param name="AsJson">For programs instead of people: <c>--json</c>.</param>
/// <param name="IsStrict">Warnings count as failures: <c>--strict</c>.</param>
internal sealed record CheckCommand(bool AsJson, bool IsStrict)
{
    public const string Usage = "check [--strict] [--json]: exit code 0 when all critical items hold (with --strict, the warnings too), 1 when not, 2 when it could not run.";

    private const int CouldNotRun = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args, Action<WebApplication> configure, TextWriter output)
    {
        var options = args[1..];
        if (options.Except(["--json", "--strict"]).ToArray() is [var unknown, ..])
        {
            await output.WriteLineAsync($"check does not know {unknown}. {Usage}");
            return CouldNotRun;
        }

        builder.Logging.ClearProviders().AddProvider(new Silence()); // the output is the report
        var command = new CheckCommand(options.Contains("--json"), options.Contains("--strict"));
        var identity = new ApplicationIdentity(builder.Configuration, builder.Environment);
        try
        {
            return await command.PrintAsync(await ExamineAsync(builder, configure), identity.Name, builder.Environment.EnvironmentName, output);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await output.WriteLineAsync($"The checklist could not run: the application cannot be built ({exception.GetType().Name}). Start it to see why.");
            return CouldNotRun;
        }
    }

    private static async Task<ChecklistReport> ExamineAsync(WebApplicationBuilder builder, Action<WebApplication> configure)
    {
        if (InvalidOptions.Find(builder.Services) is { Count: > 0 } refusals)
        {
            var items = builder.Services.Where(service => service.ServiceType == typeof(ChecklistItem)).Select(service => (ChecklistItem)service.ImplementationInstance!);
            return ChecklistRunner.ReportRefused([.. items], refusals);
        }

        await using var app = builder.Build();
        configure(app);
        app.Services.GetRequiredService<Rehearsal>().Prepare(app);
        return await app.Services.GetRequiredService<ChecklistRunner>().RunAsync(CancellationToken.None);
    }

    private async Task<int> PrintAsync(ChecklistReport report, string name, string environment, TextWriter output)
    {
        await output.WriteLineAsync(AsJson ? AsDocument(report, name, environment) : AsTable(report, name, environment));
        return report.Failures(Severity.Critical).Any() || (IsStrict && report.Failures(Severity.Warning).Any()) ? 1 : 0;
    }

    private static string AsDocument(ChecklistReport report, string name, string environment) => JsonSerializer.Serialize(
        new
        {
            application = name,
            version = ApplicationIdentity.Version,
            environment,
            items = report.Results.Select(result => new
            {
                id = result.Item.Id,
                title = result.Item.Title,
                severity = result.Item.Severity.ToString().ToLowerInvariant(),
                asvs = result.Item.Asvs,
                outcome = Word(result),
                evidence = result.Evidence,
                fix = result.Item.Fix,
                page = $"docs/{result.Item.Section}.md",
            }),
        },
        Json);

    private static string AsTable(ChecklistReport report, string name, string environment)
    {
        var width = report.Results.Max(result => result.Item.Id.Length);
        var lines = new List<string> { $"{name} {ApplicationIdentity.Version}, {environment}" };
        foreach (var section in report.Results.GroupBy(result => result.Item.Section))
        {
            lines.Add($"\n{section.Key} (docs/{section.Key}.md)");
            foreach (var result in section)
            {
                lines.Add($"  {Word(result),-8} {result.Item.Id.PadRight(width)}  {result.Item.Title}");
                lines.Add($"  {"",-8} {"".PadRight(width)}  {(result.Outcome is Outcome.Fails ? result.ToString() : result.Evidence)}");
            }
        }

        lines.Add($"\n{report.Summary()}");
        return string.Join('\n', lines);
    }

    private static string Word(ChecklistResult result) => result.Outcome switch
    {
        Outcome.Holds => "ok",
        Outcome.NotExamined => "skipped",
        _ => result.Item.Severity == Severity.Critical ? "CRITICAL" : "WARNING",
    };

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
