using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Health;

/// <summary>What the checklist asks about probes and a replica that is stopped.</summary>
internal static class HealthItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "monitoring.probes",
            Title = "Whoever asks over plain HTTP hears that it is alive and ready",
            Needs = "sessions.redis",
            Fix = "Call MapDefaultEndpoints in WebApp/Program.cs.",
            Check = async inspection =>
            {
                var answers = new List<string>();
                var all = true;
                foreach (var path in new[] { Probes.Alive, Probes.Ready } /* not /uptime: nobody is up yet */)
                {
                    var asked = Stopwatch.GetTimestamp();
                    var answer = await inspection.SendAsync(new() { Scheme = "http", Path = path });
                    all &= answer.Status == 200;
                    answers.Add(string.Create(CultureInfo.InvariantCulture, $"{path} {answer.Status} in {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F1} ms"));
                }

                return new Finding(all, $"{string.Join(", ", answers)}.");
            },
        },
        new()
        {
            Id = "monitoring.detail",
            Title = "Strangers get one word about the health of the inside",
            Asvs = ["13.4.5"],
            Needs = "sessions.redis",
            Fix = "Map no health check of your own that shows detail; Development shows it.",
            Check = async inspection =>
            {
                if (inspection.Service<IHostEnvironment>().IsDevelopment())
                {
                    return new Finding(false, $"In Development {Probes.Health} shows everybody the checks and the replicas."); // not asked: what it reads is kept, and before the start nobody is up
                }

                var body = (await inspection.SendAsync(new() { Scheme = "http", Path = Probes.Health })).Body;
                return new Finding(body.Length > 0 && body.All(char.IsAsciiLetter), $"{Probes.Health} said \"{(body.Length > 40 ? body[..40] + "…" : body)}\".");
            },
        },
        new()
        {
            Id = "monitoring.drain",
            Title = "A replica that is stopped goes on serving until nobody sends it requests",
            Severity = Severity.Warning,
            Fix = "Set Monitoring:DrainDelay to the period of your load balancer's probes.",
            Check = inspection =>
            {
                var delay = inspection.Options<HealthOptions>().DrainDelay;
                return new Finding(delay > TimeSpan.Zero, $"{Probes.Ready} says 503 for {delay.TotalSeconds} s before connections are refused.");
            },
        },
    ];
}
