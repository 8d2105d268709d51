using ServiceDefaults.Checks;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>In which order the lines of a checklist are asked, and how many at once.</summary>
public sealed class ExaminationTests
{
    private readonly List<string> begun = [];
    private readonly TaskCompletionSource two = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task together = Task.CompletedTask;
    private int running;
    private int most;

    [Fact]
    public async Task Two_are_asked_at_once_and_no_more()
    {
        together = two.Task; // the first waits for the second
        var report = await AskAsync([Line("a.1"), Line("a.2"), Line("a.3"), Line("a.4"), Line("a.5")]);

        Assert.Equal(2, most);
        Assert.Equal(["a.1", "a.2", "a.3", "a.4", "a.5"], report.Results.Select(result => result.Item.Id));
        Assert.All(report.Results, result => Assert.Equal(Outcome.Holds, result.Outcome));
    }

    [Fact]
    public async Task A_line_is_asked_after_the_one_that_it_needs_and_the_report_is_by_section()
    {
        var report = await AskAsync([Line("a.base"), Line("b.other"), Line("a.above", needs: "a.base")]);

        Assert.True(begun.IndexOf("a.above") > begun.IndexOf("a.base"));
        Assert.Equal(["a.base", "a.above", "b.other"], report.Results.Select(result => result.Item.Id));
    }

    [Fact]
    public async Task What_needs_a_line_that_does_not_hold_is_not_asked()
    {
        var report = await AskAsync([Line("a.base", holds: false), Line("a.above", needs: "a.base"), Line("a.top", needs: "a.above")]);

        Assert.Equal([Outcome.Fails, Outcome.NotExamined, Outcome.NotExamined], report.Results.Select(result => result.Outcome));
        Assert.Equal(["a.base", "a.base"], begun); // what fails has to fail twice
    }

    private static Task<ChecklistReport> AskAsync(ChecklistItem[] lines) => Examination.RunAsync(lines, atOnce: 2, (line, _) => line.Check(null!), CancellationToken.None);

    private ChecklistItem Line(string id, string? needs = null, bool holds = true) => new()
    {
        Id = id,
        Title = "It holds",
        Fix = "Mend it.",
        Needs = needs,
        Check = async _ =>
        {
            lock (begun)
            {
                begun.Add(id);
                most = Math.Max(most, ++running);
                if (running == 2)
                {
                    two.TrySetResult();
                }
            }

            await together.WaitAsync(Eventually.Patience);
            await Task.Delay(50); // a third one would begin now
            lock (begun)
            {
                running--;
            }

            return new Finding(holds, "It was looked at.");
        },
    };
}
