namespace ServiceDefaults.Foundation;

/// <summary>Something that must hold before the application listens.</summary>
public interface IStartCheck
{
    /// <summary>Verifies it against the real thing.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it holds.</returns>
    /// <exception cref="StartRefusedException">It does not hold; the message names the fix.</exception>
    Task VerifyAsync(CancellationToken cancellationToken);
}
