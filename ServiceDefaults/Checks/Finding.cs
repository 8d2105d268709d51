namespace ServiceDefaults.Checks;

/// <summary>What a check has found.</summary>
/// <param name="Outcome">How it stands.</param>
/// <param name="Evidence">What was really seen: a sentence, never a secret.</param>
public readonly record struct Finding(Outcome Outcome, string Evidence)
{
    /// <summary>It holds, or it does not.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="evidence">What was really seen: a sentence, never a secret.</param>
    public Finding(bool holds, string evidence)
        : this(holds ? Outcome.Holds : Outcome.Fails, evidence)
    {
    }

    /// <summary>A check that waits for nothing returns its finding as it is.</summary>
    /// <param name="finding">The finding.</param>
    public static implicit operator ValueTask<Finding>(Finding finding) => new(finding);

    /// <summary>The same, for languages without conversions.</summary>
    /// <returns>A task that is complete.</returns>
    public ValueTask<Finding> ToValueTask() => new(this);
}

/// <summary>How it stands with a line of the checklist.</summary>
public enum Outcome
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It does not.</summary>
    Fails,

    /// <summary>It does not, and the evidence is a refusal that says itself how to mend it.</summary>
    Refused,

    /// <summary>Nobody knows: something else has to be mended first, or there is nothing to examine.</summary>
    NotExamined,
}
