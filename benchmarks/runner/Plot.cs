using System.Globalization;
using System.Text;

namespace Benchmarks;

/// <summary>Requests per second as bars, in the colours of the reader's light or dark page.</summary>
internal static class Plot
{
    private const int Width = 760;
    private const int Left = 230;
    private const int Right = 90;
    private const int Bar = 22;
    private const int Step = 32;
    private const int Head = 34;

    public static string Draw(Results results)
    {
        (string Title, (Contender Contender, Series Series)[] Bars)[] panels =
            [("Reads of a session, per second", Bars(results, Kind.Read)), ("Writes to a session, per second", Bars(results, Kind.Write))];
        var scale = (Width - Left - Right) / panels.SelectMany(panel => panel.Bars).Max(bar => bar.Series.Highest);
        var body = new StringBuilder();
        var top = 12;
        foreach (var (title, bars) in panels)
        {
            body.AppendLine(CultureInfo.InvariantCulture, $"""  <text class="title" x="16" y="{top + 16}">{title}</text>""");
            top += Head;
            foreach (var (contender, series) in bars)
            {
                body.Append(DrawBar(contender, series, scale, top));
                top += Step;
            }

            top += 12;
        }

        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{top + 22}}" role="img" aria-label="Requests per second of each contender">
              <style>
                text { font: 14px system-ui, sans-serif; fill: #1f2328; }
                .title { font-weight: 600; font-size: 16px; }
                .note { font-size: 12px; fill: #59636e; }
                .ours { fill: #0969da; }
                .other { fill: #8c959f; }
                .range { stroke: #1f2328; stroke-width: 1.5; }
                @media (prefers-color-scheme: dark) {
                  text { fill: #f0f6fc; }
                  .note { fill: #9198a1; }
                  .ours { fill: #4493f8; }
                  .other { fill: #656c76; }
                  .range { stroke: #f0f6fc; }
                }
              </style>
            {{body}}  <text class="note" x="16" y="{{top + 8}}">Bars are medians of alternating rounds, lines the range. More is better.</text>
            </svg>

            """;
    }

    private static (Contender Contender, Series Series)[] Bars(Results results, Kind kind) =>
        [.. results.Contenders.Select(contender => (contender, results.PerSecond(contender, kind)!)).Where(bar => bar.Item2 is not null)];

    private static string DrawBar(Contender contender, Series series, double scale, int top)
    {
        var middle = top + (Bar / 2);
        return string.Create(CultureInfo.InvariantCulture, $"""
              <text x="{Left - 10}" y="{middle + 5}" text-anchor="end">{contender.Title}</text>
              <rect class="{(contender == Contender.Ours ? "ours" : "other")}" x="{Left}" y="{top}" width="{series.Median * scale:F1}" height="{Bar}" rx="3"/>
              <line class="range" x1="{Left + (series.Lowest * scale):F1}" y1="{middle}" x2="{Left + (series.Highest * scale):F1}" y2="{middle}"/>
              <text x="{Left + (series.Highest * scale) + 8:F1}" y="{middle + 5}">{series.Median:N0}</text>

            """);
    }
}
