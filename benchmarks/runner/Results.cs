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
    private readonly Dictionary<Contender, List<(Load Read, Load? Write)>> rounds = [];
    private readonly Dictionary<string, Dictionary<Contender, string>> answers = [];

    public IEnumerable<string> Skipped => skipped.Select(entry => $"{entry.Contender.Title}: {entry.Why}");

    public IEnumerable<Contender> Contenders => rounds.Keys.OrderBy(contender => Contender.All.ToList().IndexOf(contender));

    public void Skip(Contender contender, string why) => skipped.Add((contender, why));

    public void Stands(Contender contender, string on) => versions.Add(contender, on);

    public void Answer(string question, Contender contender, string answer)
    {
        answers.TryAdd(question, []);
        answers[question][contender] = answer;
        Console.WriteLine($"  {contender.Title}: {answer}");
    }

    public void Add(Contender contender, Load read, Load? write)
    {
        rounds.TryAdd(contender, []);
        rounds[contender].Add((read, write));
    }

    public Series Reads(Contender contender, Func<Load, double?> figure) => new([.. rounds[contender].Select(round => figure(round.Read) ?? double.NaN)]);

    public Series? Writes(Contender contender, Func<Load, double?> figure) =>
        contender.HasSession ? new Series([.. rounds[contender].Select(round => figure(round.Write!) ?? double.NaN)]) : null;

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

    private static string Figure(Series? series, string format) =>
        series is null ? "" : double.IsNaN(series.Median) ? "not counted" : series.Median.ToString(format, CultureInfo.InvariantCulture);

    private void AppendLoad(StringBuilder text)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## Load: {Plan.Sessions} sessions, {Plan.Connections} connections, {rounds.Values.First().Count} rounds").AppendLine();
        text.AppendLine("| | reads per second | writes per second | processor time per read / write | allocated per read / write |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var contender in Contenders)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {contender.Title} | {Reads(contender, load => load.PerSecond).ToString("N0")} | {Writes(contender, load => load.PerSecond)?.ToString("N0")} | {Pair(contender, load => load.Microseconds, "F0", " µs")} | {Pair(contender, load => load.Bytes, "N0", " B")} |");
        }

        text.AppendLine().AppendLine("Medians; in parentheses the range.").AppendLine();
    }

    private string Pair(Contender contender, Func<Load, double?> figure, string format, string unit) =>
        string.Join(" / ", new[] { Figure(Reads(contender, figure), format), Figure(Writes(contender, figure), format) }.Where(part => part.Length > 0))
            is var both && both.StartsWith("not", StringComparison.Ordinal) ? "not counted" : both + unit;

    private void AppendRatios(StringBuilder text)
    {
        if (!rounds.ContainsKey(Contender.Ours))
        {
            return;
        }

        text.AppendLine("## Ours in relation to each, round by round").AppendLine();
        text.AppendLine("| | reads | aim | writes | aim |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, read, write) in Aims)
        {
            if (Contenders.FirstOrDefault(contender => contender.Name == name) is { } other)
            {
                var reads = Reads(Contender.Ours, load => load.PerSecond).Over(Reads(other, load => load.PerSecond));
                var writes = Writes(other, load => load.PerSecond) is { } theirs ? Writes(Contender.Ours, load => load.PerSecond)!.Over(theirs) : null;
                text.AppendLine(CultureInfo.InvariantCulture, $"| {other.Title} | {reads.ToString("F2")} | {Aim(reads, read)} | {writes?.ToString("F2")} | {Aim(writes, write)} |");
            }
        }

        text.AppendLine();
    }

    private static string Aim(Series? reached, double? aim) =>
        aim is null || reached is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≥ {aim}{(reached.Median >= aim ? "" : ", **missed**")}");

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
