using Microsoft.Extensions.Options;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Checklist;

/// <summary>Asks every item about the application as it is now.</summary>
/// <param name="items">The items, in the order in which the concerns are registered.</param>
/// <param name="services">The application's services.</param>
/// <param name="rehearsal">The application's pipeline.</param>
public sealed class ChecklistRunner(IEnumerable<ChecklistItem> items, IServiceProvider services, Rehearsal rehearsal)
{
    /// <summary>The item that answers for all options for which no other does.</summary>
    internal const string RestOfSettings = "production.settings";

    /// <summary>Of two items one is examined while the other waits, for Redis or for the compiler; some block a thread, and more would empty a small machine's pool.</summary>
    private const int AtOnce = 2;

    /// <summary>Examines the application as it is now.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The report.</returns>
    public Task<ChecklistReport> RunAsync(CancellationToken cancellationToken) =>
        Examination.RunAsync(items, AtOnce, (item, token) => item.Check(new Inspection(services, rehearsal, token)), cancellationToken);

    /// <summary>The report when settings were refused, so that there is no application to examine.</summary>
    internal static ChecklistReport ReportRefused(IReadOnlyCollection<ChecklistItem> items, IReadOnlyList<OptionsValidationException> refusals)
    {
        var owned = items.Select(item => item.Options).Where(type => type is not null).ToHashSet();
        return Examination.InSections([.. items.Select(item => refusals.Where(refusal => item.Options == refusal.OptionsType || (item.Id == RestOfSettings && !owned.Contains(refusal.OptionsType))).ToArray() switch
        {
            [] => new ChecklistResult(item, Outcome.NotExamined, "Not examined: the settings have to be valid first."),
            var own => new ChecklistResult(item, Outcome.Refused, string.Join(' ', own.SelectMany(refusal => refusal.Failures))),
        })]);
    }
}
