using System.Globalization;
using System.Text;

namespace Benchmarks;

/// <summary>All that was measured, and the tables of it.</summary>
internal sealed class Results(string machine)
{
    /// <summary>What the project has set itself: so many times as fast as the other.</summary>
    private static readonly (string Other, double Read, double? Write)[] Aims = [("express", 6, 4), ("stock", 1.5, 1.2), ("bare", 0.4, null)];

    private readonly List<(Contender Contender, string Why)> skipped = [];
    private readonly Dictionary<Contender, string> versions = [];
    private readonly Dictionary<(Contender Contender, Kind Kind), List<Load>> rounds = [];
    private readonly Dictionary<string, Dictionary<Contender, string>> answers = [];

    public IEnumerable<string> Skipped => skipped.Select(entry => $"{entry.Contender.Title}: {entry.Why}");

    public IEnumerable<Contender> Contenders => Contender.All.Where(contender => rounds.ContainsKey((contender, Kind.Read)));

    public void Skip(Contender contender, string why) => skipped.Add((contender, why));

    public void Stands(Contender contender, string on) => versions.Add(contender, on);

    public void Answer(string question, Contender contender, string answer)
    {
        answers.TryAdd(question, []);
        answers[question][contender] = answer;
        Console.WriteLine($"  {contender.Title}: {answer}");
    }

    public void Add(Contender contender, Kind kind, Load load)
    {
        rounds.TryAdd((contender, kind), []);
        rounds[(contender, kind)].Add(load);
    }

    /// <summary>A figure of every round; null when it was not measured.</summary>
    public Series? Of(Contender contender, Kind kind, Func<Load, double?> figure) =>
        rounds.TryGetValue((contender, kind), out var loads) && loads.Select(figure).OfType<double>().ToArray() is { Length: > 0 } values ? new Series(values) : null;

    public Series? PerSecond(Contender contender, Kind kind) => Of(contender, kind, load => load.PerSecond);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Results").AppendLine();
        text.AppendLine("Written by the benchmark; see [README.md](README.md) for what is measured and how to read it.").AppendLine();
        text.AppendLine("![Requests per second](results.svg)").AppendLine();
        AppendLoad(text);
        AppendRatios(text);
        AppendProbes(text);
        text.AppendLine("## Where").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine}.").AppendLine();
        foreach (var (contender, on) in versions.Where(entry => entry.Value.Length > 0))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {contender.Title}: {on}");
        }

        foreach (var line in Skipped)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- left out, {line}");
        }

        return text.ToString();
    }

    private void AppendLoad(StringBuilder text)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## Load: {Plan.Sessions} sessions, {Plan.Connections} connections, {rounds.Values.First().Count} rounds").AppendLine();
        text.AppendLine("| | reads per second | writes per second | processor time per read, write | allocated per read, write |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var contender in Contenders)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {contender.Title} | {PerSecond(contender, Kind.Read)?.ToString("N0")} | {PerSecond(contender, Kind.Write)?.ToString("N0")} | {Medians(contender, load => load.Microseconds, "µs")} | {Medians(contender, load => load.Bytes, "B")} |");
        }

        text.AppendLine().AppendLine("Medians; in parentheses the range. Processor time is the contender's own, without Redis and wrk; allocations are counted in .NET only.").AppendLine();
    }

    private string Medians(Contender contender, Func<Load, double?> figure, string unit) => string.Join(
        ", ", Enum.GetValues<Kind>().Select(kind => Of(contender, kind, figure)).OfType<Series>().Select(series => string.Create(CultureInfo.InvariantCulture, $"{series.Median:N0} {unit}")));

    private void AppendRatios(StringBuilder text)
    {
        text.AppendLine("## Ours in relation to each, round by round").AppendLine();
        text.AppendLine("| | reads | aim | writes | aim |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, read, write) in Aims)
        {
            if (Contenders.FirstOrDefault(contender => contender.Name == name) is { } other)
            {
                var (reads, writes) = (Ratio(other, Kind.Read), Ratio(other, Kind.Write));
                text.AppendLine(CultureInfo.InvariantCulture, $"| {other.Title} | {reads?.ToString("F2")} | {Aim(reads, read)} | {writes?.ToString("F2")} | {Aim(writes, write)} |");
            }
        }

        text.AppendLine();
    }

    private Series? Ratio(Contender other, Kind kind) =>
        PerSecond(Contender.Ours, kind) is { } ours && PerSecond(other, kind) is { } theirs ? ours.Over(theirs) : null;

    private static string Aim(Series? reached, double? aim) =>
        aim is null || reached is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≥ {aim}{(reached.Median >= aim ? "" : ", **missed** ([why](README.md#what-misses-its-aim-and-why))")}");

    private void AppendProbes(StringBuilder text)
    {
        var asked = answers.Values.SelectMany(answer => answer.Keys).Distinct().ToArray();
        text.AppendLine("## Correctness and cost").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", asked.Select(contender => contender.Title))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(asked.Select(_ => "---|"))}");
        foreach (var (question, answer) in answers)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {question} | {string.Join(" | ", asked.Select(answer.GetValueOrDefault))} |");
        }

        text.AppendLine();
    }
}
