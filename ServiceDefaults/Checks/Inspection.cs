using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Checks;

/// <summary>What a check may look at: the application as it is built, and how it answers.</summary>
/// <param name="services">The application's services.</param>
/// <param name="pipeline">The application's pipeline.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public sealed class Inspection(IServiceProvider services, IInProcessPipeline pipeline, CancellationToken cancellationToken)
{
    /// <summary>Ends the attempt.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>A service of the application.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The service.</returns>
    public T Service<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Options as they are in effect.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <returns>The options.</returns>
    public T Options<T>()
        where T : class => Service<IOptions<T>>().Value;

    /// <summary>Sends a request through the whole pipeline, in this process and before anything listens.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer.</returns>
    public Task<RehearsedAnswer> SendAsync(RehearsedRequest request) => pipeline.SendAsync(request, cancellationToken);
}
