using Microsoft.Extensions.Options;
using ServiceDefaults.Production;

namespace ServiceDefaults.Checklist;

/// <summary>Asks every item, one after the other.</summary>
/// <param name="items">The items, in the order in which the concerns are registered.</param>
/// <param name="services">The application's services.</param>
/// <param name="rehearsal">The application's pipeline.</param>
public sealed class ChecklistRunner(IEnumerable<ChecklistItem> items, IServiceProvider services, Rehearsal rehearsal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Examines the application as it is now.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The report.</returns>
    public async Task<ChecklistReport> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<ChecklistResult>();
        foreach (var item in items)
        {
            var obstacle = results.Find(result => result.Item.Id == item.Needs && result.Outcome != Outcome.Holds);
            results.Add(obstacle is null
                ? await ExamineAsync(item, cancellationToken)
                : new ChecklistResult(item, Outcome.NotExamined, $"Not examined: {obstacle.Item.Id} has to hold first."));
        }

        return InSections(results);
    }

    /// <summary>The report when settings were refused, so that there is no application to examine.</summary>
    internal static ChecklistReport ReportRefused(IReadOnlyCollection<ChecklistItem> items, IReadOnlyList<OptionsValidationException> refusals)
    {
        var owned = items.Select(item => item.Options).Where(type => type is not null).ToHashSet();
        return InSections([.. items.Select(item => refusals.Where(refusal => item.Options == refusal.OptionsType || (item.Id == RestOfSettings && !owned.Contains(refusal.OptionsType))).ToArray() switch
        {
            [] => new ChecklistResult(item, Outcome.NotExamined, "Not examined: the settings have to be valid first."),
            var own => new ChecklistResult(item, Outcome.Refused, string.Join(' ', own.SelectMany(refusal => refusal.Failures))),
        })]);
    }

    /// <summary>The item that answers for all options for which no other does.</summary>
    internal const string RestOfSettings = "production.settings";

    private static ChecklistReport InSections(IReadOnlyCollection<ChecklistResult> results) =>
        new([.. results.GroupBy(result => result.Item.Section).SelectMany(section => section)]);

    /// <summary>What fails has to fail twice: the first request of a cold process on a busy machine may run into a time limit.</summary>
    private async Task<ChecklistResult> ExamineAsync(ChecklistItem item, CancellationToken cancellationToken)
    {
        var result = await AskAsync(item, cancellationToken);
        return result.Outcome == Outcome.Holds ? result : await AskAsync(item, cancellationToken);
    }

    private async Task<ChecklistResult> AskAsync(ChecklistItem item, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var finding = await item.Check(new Inspection(services, rehearsal, patience.Token)).AsTask().WaitAsync(patience.Token);
            return new ChecklistResult(item, finding.Holds ? Outcome.Holds : Outcome.Fails, finding.Evidence);
        }
        catch (StartRefusedException refused)
        {
            return new ChecklistResult(item, Outcome.Refused, refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ChecklistResult(item, Outcome.Refused, $"The check {item.Id} had no answer within {Patience.TotalSeconds} s, twice: try again when this machine is less busy.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Fails closed. The message stays out: it may quote a setting.
            return new ChecklistResult(item, Outcome.Fails, $"The check itself ended in a {exception.GetType().Name}.");
        }
    }
}
