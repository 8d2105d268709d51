using System.Diagnostics.Metrics;

namespace ServiceDefaults.Identity;

/// <summary>How attempts to sign in end, in numbers.</summary>
public sealed class SignInMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ServiceDefaults.Identity";

    private readonly Counter<long> attempts;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public SignInMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        attempts = meters.Create(Name).CreateCounter<long>("sign_in.attempts", "{attempt}", "Attempts to sign in, by outcome.");
    }

    /// <summary>Counts an attempt.</summary>
    /// <param name="outcome"><c>succeeded</c>, <c>failed</c>, or <c>refused</c>: not even looked at, after too many failures.</param>
    public void Ended(string outcome) => attempts.Add(1, new KeyValuePair<string, object?>("sign_in.outcome", outcome));
}
