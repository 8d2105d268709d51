using ServiceDefaults.Foundation;

namespace ServiceDefaults.AccessControl;

/// <summary>A write was refused because of some of its fields; nothing was written.</summary>
/// <param name="statusCode">400 or 415, or 403 when the caller may not write them.</param>
/// <param name="fields">The fields, by the name under which they were sent (<c>$</c> is the whole body), and what is wrong with each.</param>
public sealed class FieldsRefusedException(int statusCode, IReadOnlyDictionary<string, string[]> fields)
    : Exception("Nothing was written: " + string.Join(' ', fields.Values.SelectMany(problems => problems))), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => statusCode;

    /// <inheritdoc />
    public string Answer => Message;

    /// <inheritdoc />
    public TimeSpan? RetryAfter => null;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string[]> Fields => fields;

    /// <summary>Refuses when there is a problem.</summary>
    /// <param name="statusCode">400 or 403.</param>
    /// <param name="problems">The fields and what is wrong with each.</param>
    public static void ThrowIfAny(int statusCode, IEnumerable<(string Field, string Problem)> problems)
    {
        var fields = problems.ToLookup(problem => problem.Field, problem => problem.Problem);
        if (fields.Count > 0)
        {
            throw new FieldsRefusedException(statusCode, fields.ToDictionary(field => field.Key, field => field.ToArray()));
        }
    }
}
