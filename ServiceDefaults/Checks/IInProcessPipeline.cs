namespace ServiceDefaults.Checks;

/// <summary>Sends requests through the whole pipeline of the application, in this process and before anything listens.</summary>
public interface IInProcessPipeline
{
    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The answer.</returns>
    Task<RehearsedAnswer> SendAsync(RehearsedRequest request, CancellationToken cancellationToken);
}
