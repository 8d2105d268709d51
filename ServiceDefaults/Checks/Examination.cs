using ServiceDefaults.Foundation;

namespace ServiceDefaults.Checks;

/// <summary>Asks every line of a checklist.</summary>
internal static class Examination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks the lines in their order, so many at once, each after the one that it needs, and reports them by section.</summary>
    public static async Task<ChecklistReport> RunAsync<TLine>(IEnumerable<TLine> lines, int atOnce, Func<TLine, CancellationToken, ValueTask<Finding>> check, CancellationToken cancellationToken)
        where TLine : ChecklistLine
    {
        using var turns = new SemaphoreSlim(atOnce);
        var asked = new List<(string Id, Task<ChecklistResult> Result)>();
        foreach (var line in lines)
        {
            var needed = asked.Find(earlier => earlier.Id == line.Needs).Result;
            asked.Add((line.Id, ExamineAfterAsync(needed, line, token => check(line, token), turns, cancellationToken)));
        }

        return InSections(await Task.WhenAll(asked.Select(line => line.Result)));
    }

    public static ChecklistReport InSections(IReadOnlyCollection<ChecklistResult> results) =>
        new([.. results.GroupBy(result => result.Item.Section).SelectMany(section => section)]);

    private static async Task<ChecklistResult> ExamineAfterAsync(Task<ChecklistResult>? needed, ChecklistLine line, Func<CancellationToken, ValueTask<Finding>> check, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        if (needed is not null && await needed is { Outcome: not Outcome.Holds } obstacle)
        {
            return new ChecklistResult(line, Outcome.NotExamined, $"Not examined: {obstacle.Item.Id} has to hold first.");
        }

        await turns.WaitAsync(cancellationToken);
        try
        {
            return await ExamineAsync(line, check, cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>What fails has to fail twice: the first request of a cold process on a busy machine may run into a time limit.</summary>
    private static async Task<ChecklistResult> ExamineAsync(ChecklistLine line, Func<CancellationToken, ValueTask<Finding>> check, CancellationToken cancellationToken)
    {
        var result = await AskAsync(line, check, cancellationToken);
        return result.Outcome is Outcome.Holds or Outcome.NotExamined ? result : await AskAsync(line, check, cancellationToken);
    }

    private static async Task<ChecklistResult> AskAsync(ChecklistLine line, Func<CancellationToken, ValueTask<Finding>> check, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var finding = await check(patience.Token).AsTask().WaitAsync(patience.Token);
            return new ChecklistResult(line, finding.Outcome, finding.Evidence);
        }
        catch (StartRefusedException refused)
        {
            return new ChecklistResult(line, Outcome.Refused, refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ChecklistResult(line, Outcome.Refused, $"The check {line.Id} had no answer within {Patience.TotalSeconds} s, twice: try again when this machine is less busy.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Fails closed. The message stays out: it may quote a setting.
            return new ChecklistResult(line, Outcome.Fails, $"The check itself ended in a {exception.GetType().Name}.");
        }
    }
}
