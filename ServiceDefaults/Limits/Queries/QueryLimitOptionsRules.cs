using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queries;

/// <summary>The limits of single lists have a range, too.</summary>
internal sealed class QueryLimitOptionsRules : IValidateOptions<QueryLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, QueryLimitOptions options)
    {
        var problems = options.Lists.Where(list => list.Value is < 1 or > 100_000).ToList();
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(list => $"Limits:Queries:Lists:{list.Key} is out of its range: it is {list.Value}, and must be between 1 and 100000."));
    }
}
