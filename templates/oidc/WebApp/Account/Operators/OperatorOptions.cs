namespace WebApp.Account.Operators;

/// <summary>Who runs this site. Configuration section <c>Operators</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>
    /// The ids at the provider (<c>sub</c>) of the people who are operators; everybody finds their own at
    /// <c>/account/sessions</c>. Not names: those are whatever somebody calls themselves there. Default: none.
    /// </summary>
    public IList<string> Ids { get; } = [];
}
